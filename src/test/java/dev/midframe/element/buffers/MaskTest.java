package dev.midframe.element.buffers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTest {

    /** One bright pixel at an odd position: itself in full planes, the chroma sample it belongs to in halved ones. */
    @ParameterizedTest
    @CsvSource({"I420,3", "NV12,3", "Y42B,3", "Y444,3", "I420_10LE,6", "P010_10LE,6", "RGB,3", "RGBx,4", "BGRx,4"})
    void coversEverySampleOfAPixel(PixelFormat pixels, int bytes, @TempDir Path folder) throws IOException {
        FrameFormat format = new FrameFormat(pixels, 7, 5, Colorimetry.BT601_LIMITED);
        BufferedImage picture = new BufferedImage(7, 5, BufferedImage.TYPE_INT_ARGB);
        picture.setRGB(3, 1, 0xFFFFFFFF);
        picture.setRGB(4, 1, 0x00FFFFFF);
        Path file = folder.resolve("mask.png");
        ImageIO.write(picture, "png", file.toFile());

        try (Arena arena = Arena.ofConfined()) {
            MemorySegment real = arena.allocate(format.packedBytes());
            real.fill((byte) 9);
            MemorySegment generated = arena.allocate(format.packedBytes());
            Mask.read(file.toString(), format)
                    .patch(VideoFrame.packed(format, real))
                    .accept(VideoFrame.packed(format, generated));

            long patched = generated
                    .elements(ValueLayout.JAVA_BYTE)
                    .filter(sample -> sample.get(ValueLayout.JAVA_BYTE, 0) == 9)
                    .count();
            assertThat(patched).isEqualTo(bytes);
        }
    }

    /** Java's own conversion makes a grey of 100 in a grey picture brighter than the threshold of 128. */
    @ParameterizedTest
    @CsvSource({"100, 0", "130, 6"})
    void takesGreyPicturesByTheirValues(int grey, int patched, @TempDir Path folder) throws IOException {
        FrameFormat format = new FrameFormat(PixelFormat.I420, 2, 2, Colorimetry.BT601_LIMITED);
        BufferedImage picture = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setSamples(0, 0, 2, 2, 0, new int[] {grey, grey, grey, grey});
        Path file = folder.resolve("grey.png");
        ImageIO.write(picture, "png", file.toFile());

        try (Arena arena = Arena.ofConfined()) {
            VideoFrame real = VideoFrame.allocate(format, arena);
            real.planes().forEach(plane -> plane.data().fill((byte) 9));
            MemorySegment generated = arena.allocate(format.packedBytes());
            Mask.read(file.toString(), format).patch(real).accept(VideoFrame.packed(format, generated));

            assertThat(generated
                            .elements(ValueLayout.JAVA_BYTE)
                            .filter(sample -> sample.get(ValueLayout.JAVA_BYTE, 0) == 9))
                    .hasSize(patched);
        }
    }
}
