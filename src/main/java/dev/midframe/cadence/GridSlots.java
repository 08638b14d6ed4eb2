package dev.midframe.cadence;

/** Slots on an exact grid of frames a second that starts at the stream's first frame. */
final class GridSlots implements Slots {
    private final long secondsNanos;
    private final int frames;
    private final long tolerance;
    private boolean anchored;
    private long anchor;
    private long from;
    private long to;
    private long nextIndex;
    private long pts;

    GridSlots(OutputRate.FramesPerSecond rate) {
        secondsNanos = 1_000_000_000L * rate.value().denominator();
        frames = rate.value().numerator();
        tolerance = rate.tolerance();
    }

    /** A frame before the last one begins a grid of its own; others stand on the one there is. */
    @Override
    public void start(long ptsNanos) {
        if (anchored && ptsNanos >= from) {
            resume(ptsNanos);
        } else {
            continueFrom(new CountOrigin(ptsNanos, 0));
        }
    }

    @Override
    public void continueFrom(CountOrigin origin) {
        anchored = true;
        anchor = origin.ptsNanos();
        nextIndex = 0;
        from = anchor;
    }

    @Override
    public void forget() {
        anchored = false;
    }

    @Override
    public void resume(long ptsNanos) {
        long estimate = (long) ((double) (ptsNanos - anchor) / secondsNanos * frames) - 2;
        nextIndex = Math.max(nextIndex, estimate);
        while (at(nextIndex) < ptsNanos - tolerance) {
            nextIndex++;
        }
    }

    @Override
    public void enter(long fromNanos, long toNanos) {
        from = fromNanos;
        to = toNanos;
    }

    @Override
    public boolean next() {
        long due = at(nextIndex);
        if (due > from + tolerance && due >= to - tolerance) {
            return false;
        }
        pts = due;
        nextIndex++;
        return true;
    }

    @Override
    public long ptsNanos() {
        return pts;
    }

    @Override
    public boolean isReal() {
        return pts <= from + tolerance;
    }

    @Override
    public double fraction() {
        return isReal() ? 0 : (double) (pts - from) / (to - from);
    }

    @Override
    public long tolerance() {
        return tolerance;
    }

    @Override
    public long following(long intervalNanos) {
        return at(nextIndex);
    }

    @Override
    public boolean fillsLastFrame() {
        return true;
    }

    /** anchor + index * secondsNanos / frames, rounded down, without overflow for any stream that ends. */
    private long at(long index) {
        long part = index % frames;
        return anchor
                + index / frames * secondsNanos
                + part * (secondsNanos / frames)
                + part * (secondsNanos % frames) / frames;
    }
}
