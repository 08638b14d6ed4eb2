package dev.midframe.cli.convert;

import dev.midframe.convert.Conversion;
import dev.midframe.support.DaemonThreads;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleFunction;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A film's progress bar, from a second after its beginning until it is closed. */
final class Progress implements AutoCloseable {

    private static final long NANOS_IN_MILLI = 1_000_000;
    private static final long FIRST_LOOK_MILLIS = 1000;
    private static final long TICK_MILLIS = 300;

    private final String name;
    private final Conversion conversion;
    private final DoubleFunction<String> ofAll;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("midframe-progress"));
    private @Nullable ProgressBar bar;
    private boolean closed;

    /** @param ofAll what is said of all films, by how far this one is */
    Progress(String name, Conversion conversion, DoubleFunction<String> ofAll) {
        this.ofAll = ofAll;
        this.name = name;
        this.conversion = conversion;
        clock.scheduleWithFixedDelay(this::show, FIRST_LOOK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized void show() {
        if (closed) {
            return;
        }
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
        long millis = conversion.positionNanos() / NANOS_IN_MILLI;
        bar.stepTo(millis);
        double elapsed = Math.max(1, bar.getElapsedAfterStart().toMillis());
        double fraction = Math.min(1, (double) conversion.positionNanos() / Math.max(1, conversion.durationNanos()));
        bar.setExtraMessage(String.format(Locale.ROOT, "%.2f x real time", millis / elapsed) + ofAll.apply(fraction));
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
