package dev.midframe.tensorrt;

import static dev.midframe.testkit.gpu.FakeGpuStack.bytes;
import static dev.midframe.testkit.gpu.FakeGpuStack.empty;
import static dev.midframe.testkit.gpu.FakeGpuStack.frame;
import static dev.midframe.testkit.gpu.FakeGpuStack.mix;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.testkit.gpu.FakeGpu;
import dev.midframe.testkit.gpu.FakeGpuStack;
import dev.midframe.video.VideoFrame;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The engine's own code with a driver and a TensorRT written in Java, whose work is asynchronous and randomly delayed. */
class TensorRtInterpolatorTest extends FakeGpuTest {

    private static final long UP_TO_ONE_MILLISECOND = 1_000_000;

    @Override
    protected FakeGpuStack stack() {
        return FakeGpuStack.of(new FakeGpu(1, UP_TO_ONE_MILLISECOND), 110201, folder);
    }

    @Test
    void everyPairIsMadeOfItsOwnTwoFramesHoweverLateItIsFetched() {
        try (FrameInterpolator film = stack.open(8)) {
            Deque<GeneratedFrames> inFlight = new ArrayDeque<>();
            film.advance(frame(0));
            for (int number = 1; number <= 40; number++) {
                film.advance(frame(number));
                inFlight.add(film.interpolate(0.5));
                if (inFlight.size() == 8) {
                    check(inFlight.remove(), number - 8, 0.5);
                }
            }
            for (int first = 33; !inFlight.isEmpty(); first++) {
                check(inFlight.remove(), first, 0.5);
            }
        }
    }

    @Test
    void severalFramesOfAPairShareItsFlow() {
        try (FrameInterpolator film = stack.open(2)) {
            int launches = launches();
            film.advance(frame(0));
            film.advance(frame(1));
            check(film.interpolate(0.2, 0.4, 0.6, 0.8), 0, 0.2, 0.4, 0.6, 0.8);

            assertThat(launches() - launches)
                    .as("2 features, 1 flow, 4 fusions")
                    .isEqualTo(7);
        }
    }

    @Test
    void featuresOfTheSharedFrameAreComputedOnce() {
        try (FrameInterpolator film = stack.open(1)) {
            film.advance(frame(0));
            int launches = launches();
            for (int number = 1; number <= 5; number++) {
                film.advance(frame(number));
                check(film.interpolate(0.5), number - 1, 0.5);
            }
            assertThat(launches() - launches)
                    .as("features, flow and fusion of 5")
                    .isEqualTo(15);
        }
    }

    @Test
    void allocatesNothingAndWaitsForNoStreamInSteadyState() {
        try (FrameInterpolator film = stack.open(2)) {
            film.advance(frame(0));
            film.advance(frame(1));
            check(film.interpolate(0.5), 0, 0.5);
            Map<String, Integer> before = costlyCalls();
            for (int number = 2; number <= 10; number++) {
                film.advance(frame(number));
                check(film.interpolate(0.5), number - 1, 0.5);
            }
            assertThat(costlyCalls()).isEqualTo(before);
        }
    }

    @Test
    void interpolateWaitsWhileAsManyPairsAsDepthAreInFlight() throws Exception {
        try (FrameInterpolator film = stack.open(2)) {
            film.advance(frame(0));
            film.advance(frame(1));
            GeneratedFrames first = film.interpolate(0.5);
            GeneratedFrames second = film.interpolate(0.25);
            FutureTask<GeneratedFrames> third = new FutureTask<>(() -> film.interpolate(0.75));
            Thread caller = Thread.ofPlatform().start(third);
            while (caller.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            assertThat(third.isDone()).isFalse();

            check(first, 0, 0.5);

            check(third.get(), 0, 0.75);
            check(second, 0, 0.25);
        }
    }

    @Test
    void theNextFrameIsTakenWhileResultsAreInFlight() {
        try (FrameInterpolator film = stack.open(1)) {
            film.advance(frame(0));
            film.advance(frame(1));
            GeneratedFrames pair = film.interpolate(0.5);
            film.advance(frame(2));
            film.advance(frame(3));
            check(pair, 0, 0.5);
            check(film.interpolate(0.5), 2, 0.5);
        }
    }

    @Test
    void afterAResetTwoFramesAreNeededAndResultsInFlightStayValid() {
        try (FrameInterpolator film = stack.open(2)) {
            assertThatThrownBy(() -> film.interpolate(0.5)).isInstanceOf(IllegalStateException.class);
            film.advance(frame(0));
            film.advance(frame(1));
            GeneratedFrames pair = film.interpolate(0.5);
            film.reset();
            film.advance(frame(5));
            assertThatThrownBy(() -> film.interpolate(0.5)).isInstanceOf(IllegalStateException.class);
            film.advance(frame(6));
            check(film.interpolate(0.5), 5, 0.5);
            check(pair, 0, 0.5);
        }
    }

    @Test
    void resultsMayBeFetchedOnAnotherThread() throws Exception {
        try (FrameInterpolator film = stack.open(2)) {
            film.advance(frame(0));
            film.advance(frame(1));
            GeneratedFrames pair = film.interpolate(0.5);
            FutureTask<byte[]> fetched = new FutureTask<>(() -> {
                VideoFrame target = empty();
                pair.copyTo(0, target);
                return bytes(target);
            });
            Thread.ofPlatform().start(fetched);
            film.advance(frame(2));
            assertThat(fetched.get()).isEqualTo(mix(0, 1, 0.5));
            pair.close();
        }
    }

    @Test
    void refusesTimesOutsideThePair() {
        try (FrameInterpolator film = stack.open(1)) {
            film.advance(frame(0));
            film.advance(frame(1));
            for (double time : new double[] {0, 1, -0.5, Double.NaN}) {
                assertThatThrownBy(() -> film.interpolate(time)).isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(film::interpolate).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void closesEverythingOnceAndInOrder() {
        FrameInterpolator film = stack.open(2);
        film.close();
        film.close();

        assertThat(stack.gpu().open()).isZero();
        assertThat(stack.tensorRt().destroyed().stream().filter(FORMERLY_RUNNING::contains))
                .containsExactly(
                        "IExecutionContext",
                        "IExecutionContext",
                        "IExecutionContext",
                        "ICudaEngine",
                        "ICudaEngine",
                        "ICudaEngine",
                        "IRuntime");
    }

    @Test
    void closesWhilePairsAreInFlight() {
        FrameInterpolator film = stack.open(2);
        film.advance(frame(0));
        film.advance(frame(1));
        GeneratedFrames pair = film.interpolate(0.5, 0.75);
        film.close();

        assertThat(stack.gpu().open()).isZero();
        assertThatThrownBy(() -> pair.copyTo(0, empty())).isInstanceOf(IllegalStateException.class);
        assertThatCode(pair::close).doesNotThrowAnyException();
    }

    @Test
    void worksWithoutCudaGraphsWhereTheDriverRefusesThem() {
        stack.gpu().failing("cuStreamBeginCapture_v2", 900);
        try (FrameInterpolator film = stack.open(1)) {
            film.advance(frame(0));
            film.advance(frame(1));
            check(film.interpolate(0.25), 0, 0.25);
            film.advance(frame(2));
            check(film.interpolate(0.5), 1, 0.5);
        }
        assertThat(launches()).isZero();
    }

    private static final List<String> FORMERLY_RUNNING = List.of("IExecutionContext", "ICudaEngine", "IRuntime");

    private int launches() {
        return stack.gpu().calls("cuGraphLaunch").get();
    }

    private Map<String, Integer> costlyCalls() {
        return Stream.of(
                        "cuMemAlloc_v2",
                        "cuMemHostAlloc",
                        "cuEventCreate",
                        "cuStreamCreate",
                        "cuStreamSynchronize",
                        "cuGraphInstantiateWithFlags")
                .collect(Collectors.toMap(
                        name -> name, name -> stack.gpu().calls(name).get()));
    }

    private static void check(GeneratedFrames frames, int first, double... times) {
        assertThat(frames.count()).isEqualTo(times.length);
        for (int index = 0; index < times.length; index++) {
            VideoFrame target = empty();
            frames.copyTo(index, target);
            assertThat(bytes(target))
                    .as("pair %d at %s", first, times[index])
                    .isEqualTo(mix(first, first + 1, times[index]));
        }
        frames.close();
    }
}
