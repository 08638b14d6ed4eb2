package dev.midframe.convert.frames;

import dev.midframe.container.ContainerException;
import dev.midframe.pipeline.MediaBuffer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The pictures of a YUV4MPEG2 stream. A picture whose end is missing is the end. */
public final class Y4mSource implements FrameSource {

    private static final int LONGEST_LINE = 512;
    private static final int STANDARD_DEFINITION = 576;
    private static final long NANOS = 1_000_000_000;

    private final InputStream input;
    private final String line;
    private final Y4mHeader header;
    private final byte[] packed;
    private long count;

    /**
     * Reads the first line.
     *
     * @param input is closed with this
     * @throws ContainerException when it is no such stream
     */
    public Y4mSource(InputStream input) {
        this.input = new BufferedInputStream(input);
        line = String.valueOf(line());
        header = Y4mHeader.parse(line);
        packed = new byte[header.layout().packedBytes()];
    }

    /** Writes a file that has the first line and no pictures, for others to read what the stream is. */
    public void describe(Path file) {
        try {
            Files.writeString(file, line + "\n");
        } catch (IOException e) {
            throw new ContainerException("cannot write " + file + ": " + e.getMessage());
        }
    }

    @Override
    public String caps() {
        FrameLayout layout = header.layout();
        return "video/x-raw,format=" + layout.sampling().format() + ",width=" + layout.width() + ",height="
                + layout.height() + ",framerate=" + header.rate()
                + (header.aspect().isKnown() ? ",pixel-aspect-ratio=" + header.aspect() : "")
                + colorimetry()
                + (header.interlaced() ? ",interlace-mode=mixed" : "");
    }

    /** The full range, with the matrix that pictures of that size have where nothing is said; gray ones have no matrix. */
    private String colorimetry() {
        FrameLayout layout = header.layout();
        if (!header.full() || layout.sampling() == Sampling.GRAY) {
            return "";
        }
        return ",colorimetry=1:" + (layout.height() > STANDARD_DEFINITION ? "3" : "4") + ":0:0";
    }

    @Override
    public @Nullable MediaBuffer next() {
        String frame = line();
        if (frame == null || !frame.startsWith("FRAME") || !read()) {
            return null;
        }
        MediaBuffer buffer = MediaBuffer.allocate(header.layout().paddedBytes());
        buffer.write(bytes -> {
            header.layout().pad(packed, bytes);
            return packed.length;
        });
        buffer.stamp(time(count), time(count + 1) - time(count));
        count++;
        return buffer;
    }

    @Override
    public long given() {
        return count;
    }

    private long time(long frame) {
        return Math.multiplyExact(frame, NANOS * header.rate().denominator())
                / header.rate().numerator();
    }

    private boolean read() {
        try {
            return input.readNBytes(packed, 0, packed.length) == packed.length;
        } catch (IOException e) {
            throw new ContainerException("cannot read standard input: " + e.getMessage());
        }
    }

    private @Nullable String line() {
        var text = new ByteArrayOutputStream();
        try {
            for (int next = input.read(); next != '\n'; next = input.read()) {
                if (next < 0 || text.size() == LONGEST_LINE) {
                    return text.size() == 0 ? null : text.toString(StandardCharsets.ISO_8859_1);
                }
                text.write(next);
            }
        } catch (IOException e) {
            throw new ContainerException("cannot read standard input: " + e.getMessage());
        }
        return text.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException e) {
            throw new ContainerException("cannot close standard input: " + e.getMessage());
        }
    }
}
