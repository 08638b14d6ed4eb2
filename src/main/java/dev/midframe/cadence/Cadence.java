package dev.midframe.cadence;

import java.util.function.Consumer;

/**
 * Decides what leaves for every real frame that comes: the frame itself, frames to be generated between it and its
 * neighbour, or a replacement where interpolation would be wrong.
 *
 * <p>A real frame is held until its successor is known, because the generated frames' times depend on both. Between two
 * neighbours
 *
 * <ul>
 *   <li>in motion, frames are generated;
 *   <li>of which the later repeats the earlier, the earlier is shown again: bit-exact, and nothing is computed;
 *   <li>with a cut between, {@link SceneChange} says what is shown;
 *   <li>further apart than the largest gap, nothing is shown but the earlier one for its own duration.
 * </ul>
 *
 * <p>With {@link Duplicates#BRIDGE}, frames whose repeats come in a steady pattern (3:2 pulldown) are due at even times,
 * each less than one frame after it came; what has a place between those times is generated.
 *
 * <p>A frame that is not later than the one before it starts anew, as after {@link #drain}.
 */
public interface Cadence {

    /** The rules for one stream. */
    static Cadence of(CadenceSettings settings) {
        return new StreamCadence(settings);
    }

    /** Goes on with a count of output frames that began elsewhere. Call before the first frame, or behind {@link #flush}. */
    void continueFrom(CountOrigin origin);

    /** Takes the next real frame and hands on everything that can leave now, in order of presentation time. */
    void offer(RealFrame frame, Consumer<Output> output);

    /** The stream ends (EOS, new segment, change of format): hands on what is held. The next frame starts anew. */
    void drain(Consumer<Output> output);

    /** Forgets what is held, without output (flush). The next frame starts anew. */
    void flush();

    /**
     * Frames presented before the given time are not to be generated: the stream is behind, or there is no engine yet.
     * Each comes as {@link Output.Skipped} instead. A real frame that has no place of its own on the output's times then
     * takes the place of the first generated frame after it, so that every real frame is still shown.
     *
     * @param ptsNanos a presentation time; a later call replaces an earlier one, {@link Long#MIN_VALUE} ends it at once
     * @param reason given with every frame left out
     */
    void skipUntil(long ptsNanos, SkipReason reason);

    /** Real frames with a smaller sequence number are not needed any more. {@link Long#MAX_VALUE} when none is held. */
    long oldestNeeded();

    /**
     * The longest time a real frame may be held before it leaves, in nanoseconds.
     *
     * @param frameDurationNanos of the input; where it varies or is unknown, 0 or less
     */
    long latencyNanos(long frameDurationNanos);
}
