package dev.midframe.convert.frames;

import dev.midframe.container.ContainerException;
import dev.midframe.container.Rational;
import dev.midframe.pipeline.MediaBuffer;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Pictures that are files, shown at a rate. */
public final class StillsSource implements FrameSource {

    private static final long NANOS = 1_000_000_000;

    private final NumberedFiles pictures;
    private final Rational rate;
    private int count;

    /** @param rate pictures a second */
    public StillsSource(NumberedFiles pictures, Rational rate) {
        this.pictures = pictures;
        this.rate = rate;
    }

    @Override
    public String caps() {
        String name = String.valueOf(pictures.files().getFirst().getFileName());
        return (name.matches("(?i).*png") ? "image/png" : "image/jpeg") + ",framerate=" + rate;
    }

    @Override
    public @Nullable MediaBuffer next() {
        if (count == pictures.files().size()) {
            return null;
        }
        byte[] bytes = read(pictures.files().get(count));
        MediaBuffer buffer = MediaBuffer.allocate(bytes.length);
        buffer.write(to -> to.copyFrom(MemorySegment.ofArray(bytes)));
        buffer.stamp(time(count), time(count + 1) - time(count));
        count++;
        return buffer;
    }

    private long time(long picture) {
        return picture * NANOS * rate.denominator() / rate.numerator();
    }

    @Override
    public long given() {
        return count;
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ContainerException("cannot read " + file + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        // A file is open only while it is read.
    }
}
