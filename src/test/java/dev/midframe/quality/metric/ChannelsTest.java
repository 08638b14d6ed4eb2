package dev.midframe.quality.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.testkit.Pictures;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.Colorimetry.Matrix;
import dev.midframe.video.Colorimetry.Range;
import dev.midframe.video.VideoFrame;
import dev.midframe.video.VideoFrame.Plane;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelsTest {

    private static final Colorimetry BT709 = new Colorimetry(Range.LIMITED, Matrix.BT709);
    private static final Colorimetry JPEG = new Colorimetry(Range.FULL, Matrix.BT601);

    @Test
    void limitedBlackAndWhiteAreFullBlackAndWhite() {
        assertThat(rgbOf(16, 128, 128, BT709)).containsExactly(0, 0, 0);
        assertThat(rgbOf(235, 128, 128, BT709)).containsExactly(255, 255, 255);
    }

    @Test
    void primariesComeBackByTheMatrix() {
        assertThat(rgbOf(63, 102, 240, BT709)).containsExactly(255, 1, 0);
        assertThat(rgbOf(81, 90, 240, Colorimetry.BT601_LIMITED)).containsExactly(254, 0, 0);
        assertThat(rgbOf(29, 255, 107, JPEG)).containsExactly(0, 0, 254);
    }

    @Test
    void lumaOfYuvIsTheStoredPlaneAndOfRgbItsWeights() {
        assertThat(Channels.of(yuv(63, 102, 240, BT709)).luma()).containsOnly(63);
        Channels red = Channels.of(Pictures.frame(Pictures.rgb(1, 1), new byte[] {(byte) 255, 0, 0}));
        assertThat(red.luma()).containsExactly(76);
    }

    @Test
    void oddSizesAndPaddedRowsAreReadWhole() {
        byte[] luma = {1, 2, 3, 99, 4, 5, 6, 99, 7, 8, 9, 99};
        byte[] chroma = {(byte) 128, (byte) 128, 99, 99, (byte) 128, (byte) 128, 99, 99};
        VideoFrame frame =
                new VideoFrame(Pictures.i420(3, 3, JPEG), List.of(plane(luma), plane(chroma), plane(chroma)));

        Channels channels = Channels.of(frame);

        assertThat(channels.luma()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(channels.red()).isEqualTo(channels.luma());
        assertThat(channels.meanLuma()).isEqualTo(5);
    }

    @Test
    void theLargestDifferenceIsFoundInAnyChannel() {
        Channels a = Channels.of(Pictures.frame(Pictures.rgb(2, 1), new byte[] {10, 20, 30, 40, 50, (byte) 200}));
        Channels b = Channels.of(Pictures.frame(Pictures.rgb(2, 1), new byte[] {11, 20, 30, 40, 50, 100}));

        assertThat(a.largestDifference(b)).isEqualTo(100);
    }

    private static int[] rgbOf(int y, int u, int v, Colorimetry colorimetry) {
        Channels channels = Channels.of(yuv(y, u, v, colorimetry));
        return new int[] {channels.red()[0] & 0xff, channels.green()[0] & 0xff, channels.blue()[0] & 0xff};
    }

    private static VideoFrame yuv(int y, int u, int v, Colorimetry colorimetry) {
        return Pictures.frame(Pictures.i420(1, 1, colorimetry), new byte[] {(byte) y, (byte) u, (byte) v});
    }

    private static Plane plane(byte[] bytes) {
        return new Plane(MemorySegment.ofArray(bytes), 4);
    }
}
