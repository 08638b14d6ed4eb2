package dev.midframe.convert.frames;

import dev.midframe.pipeline.MediaBuffer;
import org.jspecify.annotations.Nullable;

/** Pictures at a steady rate, one after the other. One thread uses it. */
public interface FrameSource extends AutoCloseable {

    /** What a picture is, in GStreamer's words. */
    String caps();

    /**
     * The next picture, with its time from 0, which the caller then owns; null at the end.
     *
     * @throws dev.midframe.container.ContainerException when it cannot be read
     */
    @Nullable
    MediaBuffer next();

    /** How many were given so far; any thread may ask once they are at their end. */
    long given();

    @Override
    void close();
}
