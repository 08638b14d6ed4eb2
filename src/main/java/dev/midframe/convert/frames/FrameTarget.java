package dev.midframe.convert.frames;

import dev.midframe.container.ContainerException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Where pictures go that are put into no container. */
public sealed interface FrameTarget {

    /** {@code -}: YUV4MPEG2 on standard output. */
    record StandardOutput() implements FrameTarget {

        @Override
        public FrameWriter open() {
            return new Y4mWriter(new FileOutputStream(FileDescriptor.out));
        }
    }

    /** Numbered PNG files of a pattern. */
    record Stills(Path pattern) implements FrameTarget {

        @Override
        public FrameWriter open() {
            return new StillsWriter(pattern);
        }
    }

    /**
     * The one that an output names; empty where it names a file.
     *
     * @throws ContainerException when it names pictures that are not written
     */
    static Optional<FrameTarget> of(Path output) {
        if (output.toString().equals("-")) {
            return Optional.of(new StandardOutput());
        }
        if (!NumberedFiles.isPattern(output)) {
            return Optional.empty();
        }
        if (!output.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new ContainerException("cannot write " + output + ": numbered pictures are .png");
        }
        if (output.getParent() == null) {
            throw new ContainerException(
                    "cannot write " + output + ": name a folder for the pictures, such as frames/" + output);
        }
        return Optional.of(new Stills(output));
    }

    /**
     * Begins to write.
     *
     * @throws ContainerException when that cannot be
     */
    FrameWriter open();
}
