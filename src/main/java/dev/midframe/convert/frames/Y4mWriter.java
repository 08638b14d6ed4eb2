package dev.midframe.convert.frames;

import dev.midframe.container.ContainerException;
import dev.midframe.convert.encoding.EncodedCaps;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes a YUV4MPEG2 stream. */
public final class Y4mWriter implements FrameWriter {

    private static final byte[] FRAME = "FRAME\n".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream output;
    private @Nullable FrameLayout layout;
    private byte[] packed = {};

    /** @param output is flushed at the end, and stays open */
    public Y4mWriter(OutputStream output) {
        this.output = new BufferedOutputStream(output);
    }

    @Override
    public void begin(EncodedCaps caps) {
        Sampling sampling = Sampling.ofFormat(caps.word("format")).orElseThrow();
        layout = new FrameLayout(sampling, caps.number("width"), caps.number("height"));
        packed = new byte[layout.packedBytes()];
        String colorimetry = caps.word("colorimetry");
        var header = new Y4mHeader(
                layout,
                caps.fraction("framerate"),
                caps.fraction("pixel-aspect-ratio"),
                colorimetry.startsWith("1:"),
                false);
        put((header.text() + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void write(MemorySegment picture) {
        if (layout == null) {
            throw new IllegalStateException("nothing was said of the pictures");
        }
        layout.pack(picture, packed);
        put(FRAME);
        put(packed);
    }

    private void put(byte[] bytes) {
        try {
            output.write(bytes);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static ContainerException failure(IOException e) {
        return new ContainerException("cannot write to standard output: " + e.getMessage());
    }

    @Override
    public void finish() {
        try {
            output.flush();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        // Whoever reads sees the end when the process ends.
    }
}
