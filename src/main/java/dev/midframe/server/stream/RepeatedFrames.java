package dev.midframe.server.stream;

/** The time during which the last frame stands in for a source that is gone. Written by the feed, read by the encoder's consumer. */
public final class RepeatedFrames {
    private long fromNanos = Long.MAX_VALUE;
    private long untilNanos = Long.MAX_VALUE;

    /** Frames from this timestamp on are repeated. */
    synchronized void begin(long ptsNanos) {
        fromNanos = ptsNanos;
        untilNanos = Long.MAX_VALUE;
    }

    /** The frame of this timestamp is real again. */
    synchronized void end(long ptsNanos) {
        untilNanos = ptsNanos;
    }

    public synchronized boolean hold(long ptsNanos) {
        return ptsNanos >= fromNanos && ptsNanos < untilNanos;
    }
}
