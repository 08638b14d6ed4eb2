package dev.midframe.cli.play;

import dev.midframe.cli.GStreamerRuntime;
import dev.midframe.cli.StopSignal;
import dev.midframe.ffi.ProcessEnd;
import dev.midframe.pipeline.play.Player;
import dev.midframe.support.DaemonThreads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midframe play}: films in a window. */
@Command(
        name = "play",
        description = "Plays films in a window at twice their frame rate.",
        footer = {
            "",
            "Keys, in the window and in the terminal:",
            "  space pauses   arrows 5 s and a minute   . , frame by frame   [ ] BackSpace speed   9 0 m sound",
            "  g generated frames on and off   i rates   a sound track   s subtitles   f full screen",
            "  n b next film, film before   h all keys   q ends",
            "  The wheel goes 5 s on and back, a click at the lower edge to that place, the right button pauses.",
            "",
            "Examples:",
            "  midframe play film.mkv",
            "  midframe play --fps 60 one.mp4 two.mp4 https://example.org/three.webm"
        })
public final class PlayCommand implements Callable<Integer> {

    /** Frames that are being made must not keep somebody who wants to go. */
    private static final Duration LONGEST_CLOSE = Duration.ofMillis(200);

    @Parameters(arity = "1..*", paramLabel = "FILE|ADDRESS", description = "Films, played one after the other.")
    private List<String> words = List.of();

    @Option(
            names = "--factor",
            paramLabel = "F",
            defaultValue = "2",
            description = "Frames shown for each of the film, such as 2 or 5/2 (default: ${DEFAULT-VALUE}).")
    private String factor = "2";

    @Option(names = "--fps", paramLabel = "N", description = "Frames shown a second, in place of the factor.")
    private @Nullable String fps;

    @Option(names = "--model", paramLabel = "NAME", defaultValue = "auto", description = "The model (see models list).")
    private String model = "auto";

    @Option(names = "--backend", paramLabel = "NAME", defaultValue = "auto", description = "auto, cpu or tensorrt.")
    private String backend = "auto";

    @Option(
            names = "--sink",
            paramLabel = "ELEMENT",
            description = "What shows the pictures, such as waylandsink; by itself what suits the desktop.")
    private @Nullable String sink;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        List<Film> films = films();
        checkRate();
        GStreamerRuntime.start();
        var player = new Player(sink == null ? new DesktopSinks(System.getenv()).window() : sink);
        int exitCode;
        try (var keys = new TerminalKeys(System.in)) {
            player.set("model", model);
            player.set("backend", backend);
            var session = new PlaySession(
                    player,
                    films,
                    new OutputRate(factor, fps),
                    keys,
                    spec.commandLine().getErr());
            StopSignal.onFirst(signal -> session.quit());
            exitCode = session.run();
        }
        Thread closing = new DaemonThreads("midframe-ending").newThread(player::close);
        closing.start();
        closing.join(LONGEST_CLOSE);
        spec.commandLine().getErr().flush();
        // Nothing is written that could be lost, and no engine is waited for.
        ProcessEnd.atOnce(exitCode);
        return exitCode;
    }

    private List<Film> films() {
        try {
            return words.stream().map(Film::of).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void checkRate() {
        for (String rate : fps == null ? List.of(factor) : List.of(factor, fps)) {
            if (!rate.matches("[1-9][0-9]{0,5}(/[1-9][0-9]{0,5})?")) {
                throw new ParameterException(
                        spec.commandLine(), "'" + rate + "' is no rate; write a number or a fraction, such as 5/2");
            }
        }
        if (!List.of("auto", "cpu", "tensorrt").contains(backend)) {
            throw new ParameterException(
                    spec.commandLine(), "there is no backend '" + backend + "'; there are auto, cpu and tensorrt");
        }
    }
}
