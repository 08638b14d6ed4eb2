package dev.midframe.element;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.midframe.ffi.gst.States;
import dev.midframe.interpolation.FrameObserver;
import dev.midframe.testkit.ReceivedFrame;
import dev.midframe.testkit.SeekFlag;
import dev.midframe.testkit.TestPipeline;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeekingTest {

    private static final int SEEKS = 40;
    private static final long PATIENCE_SECONDS = 30;
    private static final long FRAME = 40_000_000;
    private static final long LENGTH = 8_000_000_000L;
    /** What ends by its seeks alone: {@code num-buffers} counts on over them. */
    private static final String ENDLESS =
            "videotestsrc pattern=ball ! video/x-raw,format=I420,width=64,height=48,framerate=25/1 ! ";

    private static final String SOURCE =
            "videotestsrc pattern=ball num-buffers=200 ! video/x-raw,format=I420,width=64,height=48,framerate=25/1 ! ";

    private static final TestEngines ENGINES = new TestEngines();

    @BeforeAll
    static void register() {
        ENGINES.register(FrameObserver.NONE);
    }

    /** For each of some seeks the time asked for, and the time of the frame shown. */
    private static Map<Long, Long> framesShownAfterSeeksInPaused(String element) {
        Map<Long, Long> shown = new LinkedHashMap<>();
        Random random = new Random(1);
        try (TestPipeline running = new TestPipeline(SOURCE + element + " ! appsink name=sink")) {
            running.pause();
            for (int i = 0; i < SEEKS; i++) {
                SeekFlag flag = i % 2 == 0 ? SeekFlag.ACCURATE : SeekFlag.KEY_UNIT;
                long time = random.nextLong(LENGTH);
                assertThat(running.seek(1.0, flag, time, LENGTH)).isTrue();
                running.awaitState(States.PAUSED);
                shown.put(time, running.prerolled());
            }
        }
        return shown;
    }

    @Test
    void showsTheFrameThatCoversTheTimeAskedForWhilePaused() {
        Map<Long, Long> passed = framesShownAfterSeeksInPaused("identity");
        Map<Long, Long> doubled = framesShownAfterSeeksInPaused("midframe");

        assertThat(doubled).hasSize(SEEKS).containsOnlyKeys(passed.keySet());
        passed.forEach((time, real) -> {
            boolean firstHalf = time - real < FRAME / 2;
            assertThat(doubled.get(time)).isEqualTo(firstHalf ? real : real + FRAME / 2);
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = SeekFlag.class,
            names = {"ACCURATE", "KEY_UNIT"})
    void goesOnFromWhereItIsSentWhilePlaying(SeekFlag flag) {
        Random random = new Random(2);
        try (TestPipeline running = new TestPipeline(ENDLESS + "midframe ! appsink name=sink")) {
            running.play();
            running.awaitState(States.PLAYING);
            for (int i = 0; i < SEEKS; i++) {
                assertThat(running.seek(1.0, flag, random.nextLong(LENGTH), LENGTH))
                        .isTrue();
            }
            running.seek(1.0, flag, 7_000_000_000L, LENGTH);
            running.awaitState(States.PLAYING);
            running.forgetUntil(7_000_000_000L);
            running.awaitEnd();

            assertThat(running.received()).hasSize(49);
            assertThat(running.received()).extracting(ReceivedFrame::pts).isSorted();
        }
    }

    @Test
    void goesOnFromTheKeyFrameThatIsFoundWhilePlaying(@TempDir Path folder) {
        Path film = coded(folder, 200, "key-int-max=50 bframes=2");
        List<Long> real = timesAfterKeyFrameSeek(film, "identity");
        List<Long> doubled = timesAfterKeyFrameSeek(film, "midframe scene-change=off");

        assertThat(real.getFirst()).isLessThan(5_510_000_000L);
        assertThat(doubled).hasSize(2 * real.size() - 1).containsAll(real).isSorted();
    }

    /** A seek in a pipeline that plays on after its end, so that nothing from before is under way. */
    private static List<Long> timesAfterKeyFrameSeek(Path film, String element) {
        try (TestPipeline running =
                new TestPipeline("filesrc location=" + film + " ! decodebin ! " + element + " ! appsink name=sink")) {
            running.pause();
            running.seek(1.0, SeekFlag.ACCURATE, 0, 400_000_000L);
            running.play();
            running.awaitEnd();
            int before = running.received().size();

            running.seek(1.0, SeekFlag.KEY_UNIT, 5_510_000_000L, LENGTH);
            running.awaitEnd();
            List<ReceivedFrame> seen = running.received();
            return seen.subList(before, seen.size()).stream()
                    .map(ReceivedFrame::pts)
                    .toList();
        }
    }

    /** Who plays segments in a loop gets everything of one before the next. */
    @Test
    void everyFrameLeavesWhenASegmentIsDone() {
        try (TestPipeline running = new TestPipeline(SOURCE + "midframe depth=3 ! appsink name=sink")) {
            running.pause();
            running.seek(1.0, SeekFlag.SEGMENT, 1_000_000_000L, 1_120_000_000L);
            running.awaitState(States.PAUSED);
            running.play();
            running.awaitFrames(5);

            assertThat(running.received())
                    .extracting(ReceivedFrame::pts)
                    .containsExactly(1_000_000_000L, 1_020_000_000L, 1_040_000_000L, 1_060_000_000L, 1_080_000_000L);
        }
    }

    @Test
    void aRatesGridBeginsAtTheFrameThatWasSought() {
        try (TestPipeline running = new TestPipeline(SOURCE + "midframe fps=60 scene-change=off ! appsink name=sink")) {
            playPart(running, 3_000_000_000L, 3_200_000_000L);

            assertThat(running.received()).hasSize(12);
            for (int index = 0; index < 12; index++) {
                assertThat(running.received().get(index).pts())
                        .isCloseTo(3_000_000_000L + index * 1_000_000_000L / 60, within(1L));
            }
        }
    }

    @Test
    void endsWithinAPairWhereTheSegmentEnds() {
        try (TestPipeline running = new TestPipeline(SOURCE + "midframe ! appsink name=sink")) {
            playPart(running, 1_000_000_000L, 1_100_000_000L);

            assertThat(running.received())
                    .extracting(ReceivedFrame::pts)
                    .containsExactly(1_000_000_000L, 1_020_000_000L, 1_040_000_000L, 1_060_000_000L, 1_080_000_000L);
        }
    }

    /** A decoder gives the frame that a segment begins in the segment's time, in the middle of the frame. */
    @Test
    void aFrameThatTheSegmentCutsPutsNoOtherOutOfPlace(@TempDir Path folder) {
        Path film = coded(folder, 50, "bframes=0");
        try (TestPipeline running = new TestPipeline(
                "filesrc location=" + film + " ! decodebin ! midframe fps=50 scene-change=off ! appsink name=sink")) {
            playPart(running, 1_010_000_000L, 1_120_000_000L);

            assertThat(running.received())
                    .extracting(ReceivedFrame::pts)
                    .containsExactly(1_010_000_000L, 1_040_000_000L, 1_060_000_000L, 1_080_000_000L, 1_100_000_000L);
        }
    }

    /** Plays from one position to another, sought before the first frame is shown. */
    private static void playPart(TestPipeline running, long start, long stop) {
        running.pause();
        running.seek(1.0, SeekFlag.ACCURATE, start, stop);
        running.awaitState(States.PAUSED);
        running.play();
        running.awaitEnd();
    }

    private static Path coded(Path folder, int frames, String encoder) {
        Path film = folder.resolve("film.mp4");
        try (TestPipeline coding = new TestPipeline("videotestsrc pattern=snow num-buffers=" + frames
                + " ! video/x-raw,format=I420,width=64,height=48,framerate=25/1 ! x264enc " + encoder
                + " ! mp4mux ! filesink location=" + film)) {
            coding.play();
            coding.awaitEnd();
        }
        return film;
    }

    @Test
    void playsAtAnotherRate() {
        try (TestPipeline running = new TestPipeline(SOURCE + "midframe ! appsink name=sink")) {
            running.pause();
            running.seek(4.0, SeekFlag.ACCURATE, 0, 400_000_000L);
            running.awaitState(States.PAUSED);
            running.play();
            running.awaitEnd();

            assertThat(running.received())
                    .extracting(ReceivedFrame::pts)
                    .isSorted()
                    .contains(20_000_000L, 40_000_000L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"midframe", "midframe fps=50", "midframe fps=60"})
    void passesRealFramesWhilePlayingBackwards(String element) {
        try (TestPipeline running = new TestPipeline(SOURCE + element + " ! appsink name=sink")) {
            running.pause();
            running.seek(-1.0, SeekFlag.ACCURATE, 0, 400_000_000L);
            running.awaitState(States.PAUSED);
            running.play();
            running.awaitEnd();

            assertThat(running.received())
                    .hasSizeBetween(10, 11)
                    .extracting(ReceivedFrame::pts)
                    .isSortedAccordingTo(Comparator.reverseOrder())
                    .allMatch(pts -> pts % FRAME == 0);
        }
    }

    @Test
    void isNotUpsetByAFlushAtAnyMoment() {
        Random random = new Random(3);
        ENGINES.beforeCopy = () -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        try {
            for (int i = 0; i < 50; i++) {
                try (TestPipeline running = new TestPipeline(SOURCE + "queue max-size-buffers=2 ! midframe depth="
                        + (1 + i % 3) + " ! queue max-size-buffers=2 ! fakesink sync=" + (i % 2 == 0))) {
                    running.play();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(15 + random.nextInt(50)));
                    running.seek(1.0, SeekFlag.KEY_UNIT, 7_800_000_000L, LENGTH);
                    running.awaitEnd();
                }
            }
        } finally {
            ENGINES.beforeCopy = () -> {};
        }

        ENGINES.awaitNoneOpen();
    }

    /** The engine keeps its results until the frame asked for has been shown: a flush that waited would not get there. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aFlushDoesNotWaitForResultsThatNobodyWants(int depth) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        ENGINES.beforeCopy = () -> {
            asked.countDown();
            awaitOrFail(released);
        };
        try (TestPipeline running = new TestPipeline(SOURCE + "midframe depth=" + depth + " ! appsink name=sink")) {
            try {
                running.play();
                awaitOrFail(asked);
                for (long second = 4; second < 7; second++) {
                    long time = second * 1_000_000_000L;
                    boolean sought = CompletableFuture.supplyAsync(
                                    () -> running.seek(1.0, SeekFlag.ACCURATE, time, LENGTH))
                            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    assertThat(sought).isTrue();
                    running.forgetUntil(time);
                }
            } finally {
                released.countDown();
                ENGINES.beforeCopy = () -> {};
            }
            running.awaitEnd();

            assertThat(running.received())
                    .hasSize(99)
                    .extracting(ReceivedFrame::pts)
                    .isSorted();
        }
        ENGINES.awaitNoneOpen();
    }

    private static void awaitOrFail(CountDownLatch latch) {
        try {
            // Longer than whoever waits for this thread is patient.
            assertThat(latch.await(3 * PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
