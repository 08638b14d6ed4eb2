package dev.midframe.server;

/** The time during which the last frame stands in for a source that is gone. Written by the feed, read by the encoder's consumer. */
final class RepeatedFrames {
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

    synchronized boolean hold(long ptsNanos) {
        return ptsNanos >= fromNanos && ptsNanos < untilNanos;
    }
}
