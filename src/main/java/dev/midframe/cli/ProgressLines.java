package dev.midframe.cli;

import dev.midframe.pipeline.EngineBuild;
import dev.midframe.pipeline.Progress;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A line at once, one after a second, and each after twice the time of the one before, up to half a minute. */
final class ProgressLines implements RunProgress {

    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final PrintWriter out;
    private final LongSupplier nanoTime;
    private final long begun;
    private long pause = FIRST_NANOS;
    private long next;

    /** @param nanoTime the time, as {@link System#nanoTime} */
    ProgressLines(PrintWriter out, LongSupplier nanoTime) {
        this.out = out;
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
        this.next = begun;
    }

    @Override
    public void show(Progress progress, Optional<EngineBuild> build) {
        long now = nanoTime.getAsLong();
        if (now - next < 0) {
            return;
        }
        next = now + pause;
        pause = Math.min(2 * pause, LONGEST_NANOS);
        String whole =
                progress.duration().map(duration -> "/" + duration.toSeconds()).orElse("");
        out.println("midframe: " + progress.position().toSeconds() + whole + " s of film, "
                + RunProgress.words(progress, build, TimeUnit.NANOSECONDS.toMillis(now - begun)));
        out.flush();
    }

    @Override
    public void close() {}
}
