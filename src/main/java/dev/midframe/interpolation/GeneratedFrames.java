package dev.midframe.interpolation;

import dev.midframe.video.VideoFrame;

/** The frames of one pair, on their way. Holds one of the engine's slots until closed. */
public interface GeneratedFrames extends AutoCloseable {

    /** How many frames: as many as times were asked for. */
    int count();

    /**
     * Waits until a frame is ready and copies its pixels.
     *
     * @param index 0 to {@link #count} - 1, in the order of the times asked for
     * @param target written whole, in the engine's format
     * @throws InterpolationException when the engine failed on this pair
     */
    void copyTo(int index, VideoFrame target);

    /** Waits for what still runs and gives the slot back. Idempotent. */
    @Override
    void close();
}
