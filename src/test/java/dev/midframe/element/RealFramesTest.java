package dev.midframe.element;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.interpolation.FrameKind;
import dev.midframe.testkit.ReceivedFrame;
import dev.midframe.testkit.TestPipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real frames of a stream that must not stop, with an engine that is at work for as long as the test wants. How late a frame is
 * is counted in frames that came meanwhile, which is the same on a busy machine.
 */
@Timeout(120)
class RealFramesTest {

    private static final long FRAME = 40_000_000;
    private static final int MANY = 1_000_000;

    private static final TestEngines ENGINES = new TestEngines();
    private static final List<Observed> OBSERVED = new ArrayList<>();

    private static LongSupplier framesIn = () -> 0;

    private final Semaphore pairs = new Semaphore(0);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** @param framesIn how many real frames had come when this one left */
    private record Observed(long pts, FrameKind kind, long framesIn) {}

    @BeforeAll
    static void register() {
        ENGINES.register((element, pts, kind, nanos) -> {
            synchronized (OBSERVED) {
                OBSERVED.add(new Observed(pts, kind, framesIn.getAsLong()));
                OBSERVED.notifyAll();
            }
        });
    }

    @AfterEach
    void letEnginesGo() {
        opened.countDown();
        pairs.release(MANY);
        ENGINES.awaitNoneOpen();
        ENGINES.beforeOpen = request -> {};
        ENGINES.beforeCopy = () -> {};
        OBSERVED.clear();
    }

    private static TestPipeline playing(String description) {
        TestPipeline running = new TestPipeline(description);
        framesIn = () -> running.element("m").number("frames-in");
        running.play();
        return running;
    }

    private static TestPipeline playingLive(String properties) {
        return playing(
                "videotestsrc is-live=true pattern=ball ! video/x-raw,format=I420,width=64,height=48,framerate=25/1 "
                        + "! queue ! midframe name=m on-overload=skip " + properties + " ! appsink name=sink");
    }

    private void holdEveryPair() {
        ENGINES.beforeCopy = pairs::acquireUninterruptibly;
    }

    private void holdTheOpening() {
        ENGINES.beforeOpen = request -> {
            try {
                assertThat(opened.await(100, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };
    }

    private static List<Observed> observed() {
        synchronized (OBSERVED) {
            return List.copyOf(OBSERVED);
        }
    }

    private static void awaitOne(FrameKind kind) {
        synchronized (OBSERVED) {
            while (OBSERVED.stream().noneMatch(observed -> observed.kind == kind)) {
                try {
                    OBSERVED.wait();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    /** Every real frame has left, each before so many others had come. */
    private static void requireEveryRealFrameWithin(int frames) {
        long first = observed().getFirst().pts;
        // A frame between two that are equal is a real one, shown again.
        List<Observed> real = observed().stream()
                .filter(observed -> observed.kind == FrameKind.REAL && (observed.pts - first) % FRAME == 0)
                .toList();
        assertThat(real)
                .extracting(Observed::pts)
                .isEqualTo(LongStream.range(0, real.size())
                        .mapToObj(i -> first + i * FRAME)
                        .toList());
        assertThat(real).allMatch(frame -> frame.framesIn <= (frame.pts - first) / FRAME + 1 + frames);
    }

    /** The first pair takes as long as 60 frames, each later one as long as 10; then all are made at once. */
    @ParameterizedTest
    @CsvSource({"1, 2", "2, 2", "4, 3"})
    void leaveWithinTheLatencyBesidePairsThatTakeForEver(int depth, int factor) {
        holdEveryPair();
        try (TestPipeline running = playingLive("depth=" + depth + " factor=" + factor)) {
            running.awaitFrames(60);
            assertThat(running.element("m").number("frames-generated")).isZero();
            for (int count = 70; count <= 100; count += 10) {
                pairs.release(factor - 1);
                running.awaitFrames(count);
            }
            pairs.release(MANY - 100);
            awaitOne(FrameKind.GENERATED);

            requireEveryRealFrameWithin(depth);
            assertThat(observed()).extracting(Observed::kind).contains(FrameKind.SKIPPED);
        }
    }

    @Test
    void passWhileAnEngineIsOpened() {
        holdTheOpening();
        try (TestPipeline running = playingLive("depth=2")) {
            running.awaitFrames(30);
            assertThat(observed()).extracting(Observed::kind).containsOnly(FrameKind.REAL, FrameKind.NO_ENGINE);
            opened.countDown();
            awaitOne(FrameKind.GENERATED);

            requireEveryRealFrameWithin(2);
        }
    }

    /** A sink that shows frames at their times cannot wait either. */
    @Test
    void ofAFileThatIsPlayedPassWhileAnEngineIsOpened() {
        holdTheOpening();
        try (TestPipeline running = playing("videotestsrc ! video/x-raw,format=I420,width=64,height=48,framerate=25/1 "
                + "! midframe name=m on-overload=skip ! fakesink sync=true qos=true")) {
            awaitReal(30);
            opened.countDown();
            awaitOne(FrameKind.GENERATED);

            requireEveryRealFrameWithin(2);
            assertThat(running.element("m").number("frames-generated")).isPositive();
        }
    }

    private static void awaitReal(int count) {
        synchronized (OBSERVED) {
            while (OBSERVED.stream()
                            .filter(observed -> observed.kind == FrameKind.REAL)
                            .count()
                    < count) {
                try {
                    OBSERVED.wait();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    /** At 60 a second from 25, hardly a real frame has a place of its own: each takes that of a frame that is not made. */
    @Test
    void areShownInThePlaceOfFramesThatAreNotMade() {
        holdEveryPair();
        try (TestPipeline running = playingLive("depth=2 fps=60")) {
            running.awaitFrames(40);

            assertThat(running.received()).extracting(ReceivedFrame::checksum).doesNotHaveDuplicates();
            assertThat(running.received()).extracting(ReceivedFrame::pts).isSorted();
            assertThat(running.element("m").number("frames-generated")).isZero();
        }
    }
}
