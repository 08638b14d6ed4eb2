package dev.midframe.convert.frames;

import dev.midframe.convert.encoding.EncodedCaps;
import java.lang.foreign.MemorySegment;

/** Takes pictures one after the other. What is closed before it is finished is not whole, and does not look so. */
public interface FrameWriter extends AutoCloseable {

    /** Says what is written. */
    void begin(EncodedCaps caps);

    /**
     * Writes a picture.
     *
     * @throws dev.midframe.container.ContainerException when that fails
     */
    void write(MemorySegment picture);

    /** All is written. */
    void finish();

    @Override
    void close();
}
