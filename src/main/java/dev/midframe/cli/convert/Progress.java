package dev.midframe.cli.convert;

import dev.midframe.convert.Conversion;
import dev.midframe.support.DaemonThreads;
import dev.midframe.support.Terminal;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * How far a film is, from a second after its beginning until it is closed: a bar on a terminal, else lines that become
 * rarer.
 */
final class Progress implements AutoCloseable {

    private static final long NANOS_IN_MILLI = 1_000_000;
    private static final long FIRST_LOOK_MILLIS = 1000;
    private static final long TICK_MILLIS = 300;
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final String name;
    private final Conversion conversion;
    private final DoubleFunction<String> ofAll;
    private final Consumer<String> lines;
    private final boolean isWatched = Terminal.isThere();
    private final long begun = System.nanoTime();
    private long nextLineAfterNanos;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("midframe-progress"));
    private @Nullable ProgressBar bar;
    private boolean closed;

    /**
     * @param ofAll what is said of all films, by how far this one is
     * @param lines where lines go
     */
    Progress(String name, Conversion conversion, DoubleFunction<String> ofAll, Consumer<String> lines) {
        this.ofAll = ofAll;
        this.lines = lines;
        this.name = name;
        this.conversion = conversion;
        clock.scheduleWithFixedDelay(this::show, FIRST_LOOK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized void show() {
        if (closed) {
            return;
        }
        long position = conversion.positionNanos();
        long elapsed = Math.max(1, System.nanoTime() - begun);
        double fraction = Math.min(1, (double) position / Math.max(1, conversion.durationNanos()));
        String speed =
                String.format(Locale.ROOT, "%.2f x real time", (double) position / elapsed) + ofAll.apply(fraction);
        if (isWatched) {
            showBar(position, speed);
        } else if (elapsed >= nextLineAfterNanos) {
            nextLineAfterNanos = elapsed + Math.min(elapsed, LONGEST_PAUSE_NANOS);
            lines.accept(String.format(
                    Locale.ROOT,
                    "%s: %d/%d s of film, %s",
                    name,
                    TimeUnit.NANOSECONDS.toSeconds(position),
                    TimeUnit.NANOSECONDS.toSeconds(conversion.durationNanos()),
                    speed));
        }
    }

    private void showBar(long position, String speed) {
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName(name)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUnit(" s of film", 1000)
                    .setInitialMax(conversion.durationNanos() / NANOS_IN_MILLI)
                    .setUpdateIntervalMillis(500)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err))
                    .clearDisplayOnFinish()
                    .build();
        }
        bar.stepTo(position / NANOS_IN_MILLI);
        bar.setExtraMessage(speed);
    }

    @Override
    public synchronized void close() {
        closed = true;
        clock.shutdownNow();
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
