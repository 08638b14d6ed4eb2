package dev.midframe.picture;

import dev.midframe.support.AtomicFile;
import dev.midframe.video.VideoFrame;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A PNG or JPEG file. What is written is PNG or JPEG by the name's ending.
 *
 * @param path where it is or will be
 */
public record PictureFile(Path path) {

    private static final float JPEG_QUALITY = 0.95f;

    /**
     * Reads the picture.
     *
     * @param arena owns the frame's memory
     * @return an RGB frame
     * @throws PictureException when there is no such file or it is no whole PNG or JPEG
     */
    public VideoFrame read(Arena arena) {
        if (!Files.isRegularFile(path)) {
            throw new PictureException("no picture at " + path + ": check the path");
        }
        // Java's readers answer damaged files with exceptions of many kinds.
        try (ImageInputStream input = ImageIO.createImageInputStream(path.toFile())) {
            return RgbPictures.toFrame(decode(input), arena);
        } catch (IOException | RuntimeException unreadable) {
            throw new PictureException(
                    path + " is not a whole PNG or JPEG picture (" + unreadable.getMessage() + ")", unreadable);
        }
    }

    /**
     * Writes an RGB frame, replacing what is there only once the picture is whole.
     *
     * @throws PictureException when the ending is neither .png, .jpg nor .jpeg, or the file cannot be written
     */
    public void write(VideoFrame frame) {
        byte[] content = encode(RgbPictures.toImage(frame), format());
        try {
            new AtomicFile(path).write(content);
        } catch (IOException failure) {
            throw new PictureException(failure.getMessage(), failure);
        }
    }

    /**
     * The format that the name's ending asks for, {@code png} or {@code jpeg}.
     *
     * @throws PictureException for any other ending
     */
    public String format() {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "png" -> "png";
            case "jpg", "jpeg" -> "jpeg";
            default -> throw new PictureException("cannot write " + path + ": the name must end in .png or .jpg");
        };
    }

    private static BufferedImage decode(ImageInputStream input) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
        if (!readers.hasNext()) {
            throw new IOException("unknown content");
        }
        ImageReader reader = readers.next();
        try {
            // A cut-off JPEG is only a warning to Java: the rest would come out grey.
            reader.addIIOReadWarningListener((source, warning) -> {
                if (warning.contains("Truncated") || warning.contains("Premature")) {
                    throw new IllegalStateException(warning);
                }
            });
            reader.setInput(input);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    private static byte[] encode(BufferedImage image, String format) {
        if (format.equals("jpeg")) {
            return new JpegEncoding(JPEG_QUALITY).encode(image);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, bytes);
        } catch (IOException impossible) {
            throw new PictureException("cannot encode as " + format + ": " + impossible.getMessage(), impossible);
        }
        return bytes.toByteArray();
    }
}
