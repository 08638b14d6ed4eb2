package dev.midframe.interpolation;

import dev.midframe.video.FrameFormat;
import dev.midframe.video.VideoFrame;

/**
 * An engine at work on one stream of one format: FILM on some processor.
 *
 * <p>Real frames go in by {@link #advance} in stream order; {@link #interpolate} starts making the frames between the last
 * two. What one frame of a pair shares with the next pair (its features) is computed once. Calls come from one thread at
 * a time; results may be fetched later and from another thread.
 */
public interface FrameInterpolator extends AutoCloseable {

    /** How many real frames back a generated frame depends on, at most. */
    int MEMORY_FRAMES = 48;

    /** The format of every frame in and out. */
    FrameFormat format();

    /** Engine, model and processor in one line for people, for example {@code ONNX Runtime 1.29 (CPU, int8, 2 threads), film-lite}. */
    String description();

    /** How many pairs may be in flight at once: results not yet closed. 1 or more. */
    int depth();

    /**
     * Takes the next real frame; the one before it becomes the first of the pair. The pixels are read before the return.
     *
     * @throws InterpolationException when the engine fails
     */
    void advance(VideoFrame frame);

    /**
     * Starts making frames between the last two advanced frames. Waits while {@link #depth} results are in flight.
     *
     * @param times strictly between 0 (the earlier frame) and 1 (the later), in output order, one or more
     * @throws IllegalStateException when fewer than two frames were advanced since the start or the last {@link #reset}
     * @throws InterpolationException when the engine fails
     */
    GeneratedFrames interpolate(double... times);

    /** Forgets the frames so far: after a flush, a discontinuity or a scene cut. Results in flight stay valid. */
    void reset();

    /** So many real frames went by since the last one that was advanced, of which no pair was made. Behind {@link #reset}. */
    default void passOver(long frames) {}

    /** Waits for what runs, then frees everything. Idempotent. */
    @Override
    void close();
}
