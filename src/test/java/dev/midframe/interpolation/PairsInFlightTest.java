package dev.midframe.interpolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairsInFlightTest {

    private static final long GIBIBYTE = 1L << 30;

    @ParameterizedTest
    @CsvSource({
        "1, 16, 640, 360, 2",
        "2, 16, 640, 360, 2",
        "6, 16, 1920, 1080, 6",
        "64, 16, 640, 360, 8",
        "16, 16, 3840, 2160, 2",
        "16, 128, 3840, 2160, 8",
        "16, 1, 3840, 2160, 2"
    })
    void filesKeepProcessorsBusyAsFarAsMemoryGoes(int processors, long gibibytes, int width, int height, int pairs) {
        PairsInFlight machine = new PairsInFlight(processors, gibibytes * GIBIBYTE);
        assertThat(machine.chosen(/* live= */ false, format(width, height))).isEqualTo(pairs);
    }

    @ParameterizedTest
    @CsvSource({"1, 640, 360", "64, 3840, 2160"})
    void liveStreamsHaveOnePair(int processors, int width, int height) {
        PairsInFlight machine = new PairsInFlight(processors, 64 * GIBIBYTE);
        assertThat(machine.chosen(/* live= */ true, format(width, height))).isEqualTo(1);
    }

    private static FrameFormat format(int width, int height) {
        return new FrameFormat(PixelFormat.I420, width, height, Colorimetry.BT601_LIMITED);
    }
}
