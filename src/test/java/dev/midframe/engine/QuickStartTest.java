package dev.midframe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.midframe.film.model.FilmModels;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.onnx.OnnxInterpolatorFactory;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real engine on the CPU, without its operators at first and then with them. */
@Timeout(120)
class QuickStartTest {

    private static final FrameFormat FORMAT = new FrameFormat(PixelFormat.I420, 128, 64, Colorimetry.BT601_LIMITED);
    private static final EngineRequest REQUEST = new EngineRequest(FORMAT, "film-lite", Backend.CPU, 1, 1, 0);

    private final OnnxInterpolatorFactory cpu = new OnnxInterpolatorFactory(new FilmModels(Path.of("none")));

    @BeforeEach
    void theOperatorsAreUsedHere() {
        assumeThat(cpu.prepare(REQUEST).isCold())
                .as("skipped: ONNX Runtime has no blocked layout on this processor")
                .isTrue();
    }

    @Test
    void theFirstFrameComesFromTheStandardOperators() {
        byte[] standard = generated(cpu.prepare(REQUEST).openStandard());
        assertThat(generated(new QuickStart(cpu).open(REQUEST))).isEqualTo(standard);
    }

    @Test
    void onceTheOperatorsAreWarmStreamsBeginWithThem() {
        cpu.prepare(REQUEST).warmUp(() -> false);

        assertThat(cpu.prepare(REQUEST).isCold()).isFalse();
        byte[] fast = generated(cpu.open(REQUEST));
        assertThat(generated(new QuickStart(cpu).open(REQUEST))).isEqualTo(fast);
    }

    @Test
    void aWarmUpThatIsStoppedLeavesThemCold() {
        cpu.prepare(REQUEST).warmUp(() -> true);
        assertThat(cpu.prepare(REQUEST).isCold()).isTrue();
    }

    @Test
    void theEnginesChangeInMidStream() {
        try (FrameInterpolator film = new QuickStart(cpu).open(REQUEST)) {
            while (cpu.prepare(REQUEST).isCold()) {
                assertThat(pair(film)).isNotEmpty();
            }
            byte[] fast = generated(cpu.open(REQUEST));
            byte[] now = pair(film);
            while (!Arrays.equals(now, fast)) {
                now = pair(film);
            }
        }
    }

    @Test
    void aWrongSettingIsRefused() {
        assertThatThrownBy(() -> EngineSelector.quickStartWanted("maybe"))
                .isInstanceOf(InterpolationException.class)
                .hasMessage("MIDFRAME_CPU_QUICK_START is maybe; it can be on or off");
    }

    private static byte[] generated(FrameInterpolator engine) {
        try (FrameInterpolator film = engine) {
            return pair(film);
        }
    }

    private static byte[] pair(FrameInterpolator film) {
        film.advance(texture(0));
        film.advance(texture(3));
        VideoFrame target = VideoFrame.allocate(FORMAT, Arena.ofAuto());
        try (GeneratedFrames frames = film.interpolate(0.5)) {
            frames.copyTo(0, target);
        }
        return target.planes().getFirst().data().toArray(ValueLayout.JAVA_BYTE);
    }

    private static VideoFrame texture(int shift) {
        VideoFrame frame = VideoFrame.allocate(FORMAT, Arena.ofAuto());
        for (VideoFrame.Plane plane : frame.planes()) {
            for (long index = 0; index < plane.data().byteSize(); index++) {
                double x = index % plane.stride() - shift;
                double y = (double) (index / plane.stride());
                byte code = (byte) (128 + 70 * Math.sin(x * 0.3) * Math.cos(y * 0.2));
                plane.data().set(ValueLayout.JAVA_BYTE, index, code);
            }
        }
        return frame;
    }
}
