package dev.midframe.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.video.VideoFrame;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFileTest {

    private final Arena arena = Arena.ofConfined();

    @TempDir
    Path folder;

    @AfterEach
    void freeFrames() {
        arena.close();
    }

    @Test
    void pngKeepsEveryCodeValue() {
        VideoFrame frame = noise(37, 21);
        PictureFile file = new PictureFile(folder.resolve("a.png"));

        file.write(frame);

        VideoFrame read = file.read(arena);
        assertThat(read.format()).isEqualTo(frame.format());
        assertThat(bytes(read)).isEqualTo(bytes(frame));
    }

    @Test
    void jpegIsWrittenByItsEnding() throws IOException {
        PictureFile file = new PictureFile(folder.resolve("a.JPG"));

        file.write(noise(16, 16));

        assertThat(Arrays.copyOf(Files.readAllBytes(file.path()), 2)).containsExactly(0xff, 0xd8);
        assertThat(file.read(arena).format()).isEqualTo(RgbPictures.format(16, 16));
    }

    @Test
    void greyPicturesKeepTheirCodeValues() throws IOException {
        BufferedImage grey = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
        BufferedImage deepGrey = new BufferedImage(256, 1, BufferedImage.TYPE_USHORT_GRAY);
        for (int x = 0; x < 256; x++) {
            grey.getRaster().setSample(x, 0, 0, x);
            deepGrey.getRaster().setSample(x, 0, 0, x * 257);
        }
        for (BufferedImage image : new BufferedImage[] {grey, deepGrey}) {
            PictureFile file = new PictureFile(folder.resolve("grey.png"));
            ImageIO.write(image, "png", file.path().toFile());

            byte[] bytes = bytes(file.read(arena));

            for (int x = 0; x < 256; x++) {
                assertThat(Arrays.copyOfRange(bytes, 3 * x, 3 * x + 3)).containsOnly((byte) x);
            }
        }
    }

    @Test
    void coloursBehindTransparencyAreKept() throws IOException {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x40102030);
        PictureFile file = new PictureFile(folder.resolve("transparent.png"));
        ImageIO.write(image, "png", file.path().toFile());

        assertThat(bytes(file.read(arena))).containsExactly(0x10, 0x20, 0x30);
    }

    @Test
    void missingForeignAndTruncatedFilesAreNamed() throws IOException {
        Path missing = folder.resolve("missing.png");
        assertThatThrownBy(() -> new PictureFile(missing).read(arena))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("no picture at " + missing);

        Path text = Files.writeString(folder.resolve("text.png"), "no picture");
        assertThatThrownBy(() -> new PictureFile(text).read(arena))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining(text + " is not a whole PNG or JPEG picture");

        for (String name : new String[] {"cut.png", "cut.jpg"}) {
            PictureFile cut = new PictureFile(folder.resolve(name));
            cut.write(noise(64, 64));
            byte[] whole = Files.readAllBytes(cut.path());
            Files.write(cut.path(), Arrays.copyOf(whole, whole.length / 2));
            assertThatThrownBy(() -> cut.read(arena))
                    .isInstanceOf(PictureException.class)
                    .hasMessageContaining(cut.path() + " is not a whole PNG or JPEG picture");
        }
    }

    @Test
    void anUnknownEndingIsRefusedAndNothingWritten() {
        assertThatThrownBy(() -> new PictureFile(folder.resolve("a.gif")).write(noise(4, 4)))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("must end in .png or .jpg");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFailedWriteLeavesNothingBehind() throws IOException {
        Path taken = Files.createDirectories(folder.resolve("taken.png").resolve("inner"));

        assertThatThrownBy(() -> new PictureFile(folder.resolve("taken.png")).write(noise(4, 4)))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("cannot write");
        assertThatThrownBy(() -> new PictureFile(folder.resolve("missing/a.png")).write(noise(4, 4)))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("does its folder exist");

        assertThat(taken).exists();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("taken.png"));
        }
    }

    private VideoFrame noise(int width, int height) {
        byte[] bytes = new byte[3 * width * height];
        new Random(7).nextBytes(bytes);
        VideoFrame frame = VideoFrame.allocate(RgbPictures.format(width, height), arena);
        MemorySegment.copy(bytes, 0, frame.planes().getFirst().data(), ValueLayout.JAVA_BYTE, 0, bytes.length);
        return frame;
    }

    private static byte[] bytes(VideoFrame frame) {
        return frame.planes().getFirst().data().toArray(ValueLayout.JAVA_BYTE);
    }
}
