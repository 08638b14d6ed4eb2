package dev.midframe.cli.play;

import dev.midframe.pipeline.Progress;
import dev.midframe.pipeline.play.Player;
import dev.midframe.pipeline.play.PlayerEvent;
import dev.midframe.pipeline.play.StreamKind;
import dev.midframe.support.Redaction;
import dev.midframe.support.Terminal;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Films one after the other, until the last one ends or somebody ends it. Used by one thread, but for {@link #quit}. */
final class PlaySession {

    private static final Duration LOOK_UP = Duration.ofMillis(20);
    private static final long STATUS_NANOS = Duration.ofMillis(500).toNanos();
    private static final long MESSAGE_NANOS = Duration.ofMillis(1500).toNanos();
    private static final long HELP_NANOS = Duration.ofSeconds(8).toNanos();

    private static final double SPEED_STEP = 1.1;
    private static final double SLOWEST = 0.1;
    private static final double FASTEST = 8;
    private static final double VOLUME_STEP = 0.05;
    private static final double LOUDEST = 2;
    /** The part of the picture, from above, below which a click says where to go on. */
    private static final double TIMELINE = 0.9;

    private final Player player;
    private final List<Film> films;
    private final OutputRate rate;
    private final TerminalKeys keys;
    private final PrintWriter out;
    private final boolean terminal = Terminal.isThere();
    private final Rates rates = new Rates();

    private int current;
    private int exitCode;
    private boolean generated = true;
    private boolean showsRates;
    private String message = "";
    private long messageUntil = System.nanoTime();
    private long nextStatus = System.nanoTime();
    private volatile boolean quit;

    /** The player, the keys and the films are lent. */
    PlaySession(Player player, List<Film> films, OutputRate rate, TerminalKeys keys, PrintWriter out) {
        this.player = player;
        this.films = films;
        this.rate = rate;
        this.keys = keys;
        this.out = out;
    }

    /** Ends the session; from any thread. */
    void quit() {
        quit = true;
    }

    /** @return 0, or 1 when a film could not be played */
    int run() {
        rate.apply(player, true);
        open(0);
        while (!quit) {
            player.next(LOOK_UP).ifPresent(this::handle);
            for (Optional<String> key = keys.next(); key.isPresent(); key = keys.next()) {
                press(key.get());
            }
            if (System.nanoTime() - nextStatus >= 0) {
                nextStatus = System.nanoTime() + STATUS_NANOS;
                show();
            }
        }
        if (terminal) {
            out.println();
        }
        return exitCode;
    }

    private void open(int index) {
        if (index < 0) {
            player.seek(Duration.ZERO);
        } else if (index >= films.size()) {
            quit = true;
        } else {
            current = index;
            Film film = films.get(index);
            say(film.name());
            if (!terminal) {
                out.println("midframe: plays " + film.name());
                out.flush();
            }
            player.open(film.uri(), film.name());
        }
    }

    private void handle(PlayerEvent event) {
        switch (event) {
            case PlayerEvent.Ended() -> open(current + 1);
            case PlayerEvent.Failed(String reason) -> {
                out.println("midframe: " + films.get(current).name() + ": " + Redaction.withoutSecrets(reason));
                out.flush();
                exitCode = 1;
                open(current + 1);
            }
            case PlayerEvent.WindowClosed() -> quit = true;
            case PlayerEvent.Ready() -> show();
            case PlayerEvent.Key(String name) -> press(name);
            case PlayerEvent.Click(int button, double x, double y) -> click(button, x, y);
        }
    }

    private void click(int button, double x, double y) {
        switch (button) {
            case 1 -> {
                if (y >= TIMELINE) {
                    player.progress()
                            .duration()
                            .ifPresent(whole -> player.seek(Duration.ofNanos((long) (whole.toNanos() * x))));
                }
            }
            case 3 -> act(Action.PAUSE);
            case 4 -> act(Action.FORWARD);
            case 5 -> act(Action.BACK);
            default -> {}
        }
    }

    private void press(String key) {
        Action.of(key).ifPresent(this::act);
    }

    private void act(Action action) {
        switch (action) {
            case PAUSE -> {
                player.pause(!player.isPaused());
                say(player.isPaused() ? "paused" : "plays");
            }
            case BACK -> seek(-5);
            case FORWARD -> seek(5);
            case MINUTE_BACK -> seek(-60);
            case MINUTE_FORWARD -> seek(60);
            case STEP -> player.step();
            case STEP_BACK -> player.stepBack();
            case GENERATED -> {
                generated = !generated;
                rate.apply(player, generated);
                say("generated frames " + (generated ? "on" : "off"));
            }
            case RATES -> showsRates = !showsRates;
            case SLOWER -> speed(player.rate() / SPEED_STEP);
            case FASTER -> speed(player.rate() * SPEED_STEP);
            case AS_FILMED -> speed(1);
            case QUIETER -> volume(-VOLUME_STEP);
            case LOUDER -> volume(VOLUME_STEP);
            case MUTE -> say(player.toggleMute() ? "sound off" : "sound on");
            case SOUND -> track(StreamKind.SOUND, "sound");
            case SUBTITLES -> track(StreamKind.SUBTITLES, "subtitles");
            case FULL_SCREEN -> say(player.toggleFullScreen() ? "" : "this window cannot fill the screen");
            case NEXT -> open(current + 1);
            case PREVIOUS -> open(current - 1);
            case HELP -> {
                say(Action.help());
                if (terminal) {
                    out.println("\r\033[K" + message);
                }
                messageUntil = System.nanoTime() + HELP_NANOS;
            }
            case QUIT -> quit = true;
        }
        show();
    }

    private void seek(int seconds) {
        player.seek(player.progress().position().plusSeconds(seconds));
    }

    private void speed(double speed) {
        player.rate(Math.clamp(speed, SLOWEST, FASTEST));
        say(String.format(Locale.ROOT, "speed %.2f", player.rate()));
    }

    private void volume(double change) {
        player.volume(Math.clamp(player.volume() + change, 0, LOUDEST));
        say(String.format(Locale.ROOT, "volume %.0f %%", 100 * player.volume()));
    }

    private void track(StreamKind kind, String what) {
        say(what + " " + player.nextTrack(kind).orElse("has no other track"));
    }

    private void say(String text) {
        message = text;
        messageUntil = System.nanoTime() + MESSAGE_NANOS;
    }

    private void show() {
        rates.look(player);
        String recent = System.nanoTime() - messageUntil < 0 ? message : "";
        String shown = showsRates
                ? String.join(
                        "\n",
                        films.get(current).name(),
                        rate.text(generated),
                        rates.text(),
                        "engine    " + player.get("engine"),
                        times(),
                        recent)
                : recent;
        player.overlay(shown.strip());
        if (terminal) {
            out.printf(
                    "\r\033[K%s  %s%s  %s",
                    times(),
                    rates.line(),
                    player.isPaused() ? "  paused" : "",
                    recent.lines().count() > 1 ? "" : recent);
            out.flush();
        }
    }

    private String times() {
        Progress progress = player.progress();
        return clock(progress.position())
                + progress.duration().map(whole -> " of " + clock(whole)).orElse("");
    }

    private static String clock(Duration time) {
        return String.format("%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }
}
