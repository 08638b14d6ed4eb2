package dev.midframe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.BuildListener;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.tensorrt.GpuLostException;
import dev.midframe.tensorrt.TensorRtAvailability;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which engine a stream gets, and what becomes of it when the GPU's is missing, late, not wanted any more, or lost. */
@Timeout(60)
class EngineSelectorTest {

    private static final FrameFormat FORMAT = new FrameFormat(PixelFormat.I420, 16, 16, Colorimetry.BT601_LIMITED);
    private static final TensorRtAvailability COMPLETE =
            new TensorRtAvailability(true, List.of("a GPU"), List.of(), List.of());
    private static final TensorRtAvailability MISSING = new TensorRtAvailability(
            false, List.of(), List.of("no driver: install it", "no TensorRT: install it too"), List.of());

    private final VideoFrame frame = VideoFrame.allocate(FORMAT, Arena.ofAuto());
    private final Named cpu = new Named("the CPU");
    private final Named gpu = new Named("the GPU");

    private final List<Boolean> failures = new CopyOnWriteArrayList<>();

    @Test
    void autoIsTheCpuWhereTheGpuCannotBeUsedAtAll() {
        try (FrameInterpolator film = open(Backend.AUTO, MISSING, request -> {
            throw new AssertionError("the GPU was asked for");
        })) {
            assertThat(film.description()).isEqualTo("the CPU");
        }
    }

    @Test
    void tensorrtEndsWithEverythingThatIsMissingInOneLine() {
        assertThatThrownBy(() -> open(Backend.TENSORRT, MISSING, request -> gpu))
                .isInstanceOf(InterpolationException.class)
                .hasMessage("backend=tensorrt cannot run here: no driver: install it; no TensorRT: install it too");
    }

    @Test
    void autoIsTheGpuWhereItOpensAtOnce() {
        try (FrameInterpolator film = open(Backend.AUTO, COMPLETE, request -> gpu)) {
            assertThat(film.description()).isEqualTo("the GPU");
        }
        assertThat(gpu.closed.getCount()).isZero();
    }

    @Test
    void aBuildThatFailsLeavesAutoOnTheCpuAndEndsTensorrt() {
        InterpolatorFactory failing = request -> {
            throw new InterpolationException("no kernel");
        };
        try (FrameInterpolator film = open(Backend.AUTO, COMPLETE, failing)) {
            assertThat(film.description()).isEqualTo("the CPU");
        }
        assertThatThrownBy(() -> open(Backend.TENSORRT, COMPLETE, failing)).hasMessage("no kernel");
    }

    @Test
    void gpusThatFailAreToldOfAndWhetherTheyAreLost() {
        InterpolatorFactory failing = request -> {
            throw new InterpolationException("no kernel");
        };
        InterpolatorFactory lost = request -> {
            throw new GpuLostException("cuGraphLaunch failed");
        };
        for (InterpolatorFactory onGpu : List.of(failing, lost)) {
            open(Backend.AUTO, COMPLETE, onGpu).close();
            assertThatThrownBy(() -> open(Backend.TENSORRT, COMPLETE, onGpu))
                    .isInstanceOf(InterpolationException.class);
        }
        assertThat(failures).as("whether they are lost").containsExactly(false, false, true, true);
    }

    @Test
    void autoWorksOnTheCpuWhileTheGpusEngineIsBuiltAndChangesThen() {
        CountDownLatch built = new CountDownLatch(1);
        List<Double> reported = new CopyOnWriteArrayList<>();
        InterpolatorFactory slow = new Building(listener -> {
            listener.progress("film", 0.5);
            await(built);
            return gpu;
        });
        try (FrameInterpolator film = engines(COMPLETE, slow, Duration.ZERO)
                .open(request(Backend.AUTO), (what, fraction) -> reported.add(fraction))) {
            film.advance(frame);
            assertThat(film.description()).isEqualTo("the CPU");
            built.countDown();
            while (film.description().equals("the CPU")) {
                film.advance(frame);
            }
            assertThat(film.description()).isEqualTo("the GPU");
            assertThat(reported).containsExactly(0.5);
        }
    }

    @Test
    void closingCancelsABuildAndClosesWhatItStillMakes() {
        CompletableFuture<Boolean> asked = new CompletableFuture<>();
        InterpolatorFactory stubborn = new Building(listener -> {
            asked.complete(listener.cancelled());
            while (!listener.cancelled()) {
                Thread.onSpinWait();
            }
            return gpu;
        });
        FrameInterpolator film = engines(COMPLETE, stubborn, Duration.ZERO).open(request(Backend.AUTO));
        assertThat(asked.join()).as("cancelled before").isFalse();
        film.close();

        await(gpu.closed);
    }

    @Test
    void aListenerThatCancelsEndsTheBuildThatAutoHasBegun() {
        InterpolatorFactory obedient = new Building(listener -> {
            assertThat(listener.cancelled()).isTrue();
            throw new InterpolationException("nobody waits for it");
        });
        BuildListener cancelling = new BuildListener() {
            @Override
            public void progress(String what, double fraction) {}

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        try (FrameInterpolator film =
                engines(COMPLETE, obedient, Duration.ofMinutes(1)).open(request(Backend.AUTO), cancelling)) {
            assertThat(film.description()).isEqualTo("the CPU");
        }
    }

    @Test
    void aGpuThatIsLostInMidStreamIsLeftForTheCpuByAutoAndEndsTensorrt() {
        try (FrameInterpolator film = open(Backend.AUTO, COMPLETE, request -> gpu)) {
            film.advance(frame);
            gpu.lost = true;
            film.advance(frame);
            assertThat(film.description()).isEqualTo("the CPU");
            film.interpolate(0.5).close();
        }
        try (FrameInterpolator film = open(Backend.TENSORRT, COMPLETE, request -> gpu)) {
            assertThatThrownBy(() -> film.advance(frame)).hasMessage("the GPU is lost");
        }
    }

    private FrameInterpolator open(Backend backend, TensorRtAvailability available, InterpolatorFactory onGpu) {
        return engines(available, onGpu, Duration.ofMinutes(1)).open(request(backend), BuildListener.SILENT);
    }

    private EngineSelector engines(TensorRtAvailability available, InterpolatorFactory onGpu, Duration longestWait) {
        EngineListener listener = new EngineListener() {
            @Override
            public void progress(String what, double fraction) {}

            @Override
            public void gpuFailed(boolean forGood) {
                failures.add(forGood);
            }
        };
        return new EngineSelector(device -> available, request -> cpu, onGpu, listener, longestWait);
    }

    private static EngineRequest request(Backend backend) {
        return new EngineRequest(FORMAT, "auto", backend, 2, 0, 0);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Builds its engine itself. */
    private record Building(Function<BuildListener, FrameInterpolator> build) implements InterpolatorFactory {

        @Override
        public FrameInterpolator open(EngineRequest request) {
            return open(request, BuildListener.SILENT);
        }

        @Override
        public FrameInterpolator open(EngineRequest request, BuildListener listener) {
            return build.apply(listener);
        }
    }

    /** An engine that gives black pictures and is known by its name. */
    private static final class Named implements FrameInterpolator {

        private final String name;
        private final CountDownLatch closed = new CountDownLatch(1);
        private volatile boolean lost;

        Named(String name) {
            this.name = name;
        }

        @Override
        public FrameFormat format() {
            return FORMAT;
        }

        @Override
        public String description() {
            return name;
        }

        @Override
        public int depth() {
            return 2;
        }

        @Override
        public void advance(VideoFrame any) {
            if (lost) {
                throw new InterpolationException(name + " is lost");
            }
        }

        @Override
        public GeneratedFrames interpolate(double... times) {
            return new GeneratedFrames() {
                @Override
                public int count() {
                    return times.length;
                }

                @Override
                public void copyTo(int index, VideoFrame target) {}

                @Override
                public void close() {}
            };
        }

        @Override
        public void reset() {}

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
