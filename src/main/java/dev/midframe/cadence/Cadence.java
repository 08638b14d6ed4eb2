package dev.midframe.cadence;

import java.util.function.Consumer;

/**
 * Decides what leaves for every real frame that comes: the frame itself, frames to be generated between it and its
 * neighbour, or a replacement where interpolation would be wrong.
 *
 * <p>A real frame is held until its successor is known, because the generated frames' times depend on both.
 */
public interface Cadence {

    /** Takes the next real frame and hands on everything that can leave now, in order of presentation time. */
    void offer(RealFrame frame, Consumer<Output> output);

    /** The stream ends (EOS, new segment, change of format): hands on what is held. The next frame starts anew. */
    void drain(Consumer<Output> output);

    /** Forgets what is held, without output (flush). */
    void flush();

    /** Real frames with a smaller sequence number are not needed any more. {@link Long#MAX_VALUE} when none is held. */
    long oldestNeeded();

    /** The longest time a real frame may be held before it leaves, in nanoseconds, at the given input frame duration. */
    long latencyNanos(long frameDurationNanos);
}
