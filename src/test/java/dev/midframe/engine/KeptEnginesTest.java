package dev.midframe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.element.TestEngines;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.BuildListener;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KeptEnginesTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final TestEngines opened = new TestEngines();

    private static EngineRequest request(String model) {
        FrameFormat format = new FrameFormat(
                PixelFormat.I420, 16, 16, new Colorimetry(Colorimetry.Range.LIMITED, Colorimetry.Matrix.BT709));
        return new EngineRequest(format, model, Backend.AUTO, 2, 0, 0);
    }

    private static void makeOneFrame(FrameInterpolator engine) {
        try (Arena arena = Arena.ofConfined()) {
            VideoFrame frame = VideoFrame.allocate(engine.format(), arena);
            engine.advance(frame);
            engine.advance(frame);
            try (GeneratedFrames frames = engine.interpolate(0.5)) {
                frames.copyTo(0, frame);
            }
        }
    }

    @Test
    void whoAsksForTheSameGetsTheEngineThatWasClosed() {
        try (KeptEngines engines = new KeptEngines(opened, LONG)) {
            FrameInterpolator first = engines.open(request("a"));
            makeOneFrame(first);
            first.close();
            FrameInterpolator second = engines.open(request("a"));
            makeOneFrame(second);
            second.close();

            assertThat(opened.requests).hasSize(1);
        }
        assertThat(opened.open).hasValue(0);
    }

    @Test
    void aKeptEngineHasForgottenItsFrames() {
        try (KeptEngines engines = new KeptEngines(opened, LONG)) {
            FrameInterpolator first = engines.open(request("a"));
            makeOneFrame(first);
            first.close();

            FrameInterpolator second = engines.open(request("a"));
            assertThatThrownBy(() -> second.interpolate(0.5)).isInstanceOf(IllegalStateException.class);
            second.close();
        }
    }

    @Test
    void twoAtOnceGetTwo() {
        try (KeptEngines engines = new KeptEngines(opened, LONG)) {
            try (FrameInterpolator one = engines.open(request("a"));
                    FrameInterpolator other = engines.open(request("a"));
                    FrameInterpolator another = engines.open(request("b"))) {
                assertThat(one).isNotSameAs(other).isNotSameAs(another);
                assertThat(opened.open).hasValue(3);
            }
            assertThat(opened.open).as("kept").hasValue(3);
        }
        assertThat(opened.open).hasValue(0);
    }

    @Test
    void oneThatFailedIsNotKept() {
        opened.beforeCopy = () -> {
            throw new InterpolationException("out of memory");
        };
        try (KeptEngines engines = new KeptEngines(opened, LONG)) {
            FrameInterpolator engine = engines.open(request("a"));
            assertThatThrownBy(() -> makeOneFrame(engine)).hasMessage("out of memory");
            engine.close();

            assertThat(opened.open).hasValue(0);
        }
    }

    /** Its better part is given up with whoever asked for it. */
    @Test
    void oneThatIsStillBeingBuiltIsNotKept() {
        InterpolatorFactory building = new InterpolatorFactory() {
            @Override
            public FrameInterpolator open(EngineRequest request) {
                return opened.open(request);
            }

            @Override
            public FrameInterpolator open(EngineRequest request, BuildListener listener) {
                listener.progress("FLOW", 0.3);
                return opened.open(request);
            }
        };
        try (KeptEngines engines = new KeptEngines(building, LONG)) {
            engines.open(request("a")).close();

            assertThat(opened.open).hasValue(0);
        }
    }

    @Test
    void afterItsTimeItIsClosed() {
        try (KeptEngines engines = new KeptEngines(opened, Duration.ofMillis(1))) {
            engines.open(request("a")).close();

            while (opened.open.get() > 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void whatIsInUseIsClosedByWhoeverUsesIt() {
        KeptEngines engines = new KeptEngines(opened, LONG);
        FrameInterpolator engine = engines.open(request("a"));
        engines.close();
        assertThat(opened.open).hasValue(1);

        engine.close();
        assertThat(opened.open).hasValue(0);
    }
}
