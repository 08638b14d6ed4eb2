package dev.midframe.cadence;

import dev.midframe.cadence.change.Change;
import java.util.ArrayList;
import java.util.List;

/** A stream of real frames written down in a test, and what a cadence makes of it. */
public final class Stream {
    private final List<RealFrame> frames = new ArrayList<>();

    /** The first {@code count} frames at the given rate, times rounded down to the nanosecond. */
    static Stream atRate(int count, int numerator, int denominator) {
        Stream stream = new Stream();
        for (long i = 0; i < count; i++) {
            long pts = i * 1_000_000_000L * denominator / numerator;
            long end = (i + 1) * 1_000_000_000L * denominator / numerator;
            stream.add(pts, end - pts, Change.MOTION);
        }
        return stream;
    }

    public Stream add(long ptsNanos, long durationNanos, Change change) {
        frames.add(new RealFrame(frames.size(), ptsNanos, durationNanos, change));
        return this;
    }

    public Stream add(long ptsNanos, Change change) {
        return add(ptsNanos, RealFrame.UNKNOWN, change);
    }

    public List<RealFrame> frames() {
        return frames;
    }

    /** All output, the drain's included. */
    public List<Output> through(Cadence cadence) {
        List<Output> outputs = new ArrayList<>();
        frames.forEach(frame -> cadence.offer(frame, outputs::add));
        cadence.drain(outputs::add);
        return outputs;
    }

    public List<Output> through(CadenceSettings settings) {
        return through(Cadence.of(settings));
    }
}
