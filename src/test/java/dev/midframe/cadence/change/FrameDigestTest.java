package dev.midframe.cadence.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.cadence.Picture;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.RowBands;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameDigestTest {

    /** Thumbnail cells of 640x300 begin at rows that are none of a block's; of 1920x1080 in 10 bits three of four rows are left out. */
    @ParameterizedTest
    @CsvSource({"640, 300, 2", "640, 300, 7", "640, 363, 5", "1920, 1080, 4", "33, 17, 3"})
    void isTheSameInBandsSideBySide(int width, int height, int bands) {
        Picture picture = Picture.scene(width, height, 1);
        for (PixelFormat pixels : PixelFormat.values()) {
            FrameFormat format = picture.format(pixels);
            FrameDigest whole = new FrameDigest(format, RowBands.of(rows(height), 1));
            FrameDigest divided = new FrameDigest(format, RowBands.of(rows(height), bands));
            try (Arena arena = Arena.ofConfined()) {
                VideoFrame frame = picture.frame(pixels, arena);
                whole.read(frame);
                divided.read(frame);
            }
            assertThat(divided.blocks().means())
                    .as("blocks in %s", pixels)
                    .isEqualTo(whole.blocks().means());
            assertThat(divided.small().means())
                    .as("thumbnail in %s", pixels)
                    .isEqualTo(whole.small().means());
        }
    }

    private static int rows(int height) {
        return Math.ceilDiv(height, 8);
    }
}
