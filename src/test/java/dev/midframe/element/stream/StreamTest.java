package dev.midframe.element.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.element.TestEngines;
import dev.midframe.element.properties.Settings;
import dev.midframe.ffi.gst.Message;
import dev.midframe.ffi.gst.States;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameKind;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.testkit.ReceivedFrame;
import dev.midframe.testkit.TestElement.Latency;
import dev.midframe.testkit.TestPipeline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamTest {

    private static final String CAPS = "video/x-raw,format=I420,width=64,height=48,framerate=25/1";
    private static final long FRAME = 40_000_000;

    private static final TestEngines ENGINES = new TestEngines();
    private static final List<Observed> OBSERVED = Collections.synchronizedList(new ArrayList<>());

    private record Observed(String element, long pts, FrameKind kind, long nanos) {}

    @BeforeAll
    static void register() {
        ENGINES.register((element, pts, kind, nanos) -> OBSERVED.add(new Observed(element, pts, kind, nanos)));
    }

    @BeforeEach
    void start() {
        OBSERVED.clear();
        ENGINES.beforeOpen = request -> {};
        ENGINES.beforeCopy = () -> {};
    }

    private static String source(int frames) {
        return "videotestsrc pattern=ball num-buffers=" + frames + " ! " + CAPS + " ! ";
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void doublesTheFramesButForTheLastAtAnyDepth(int depth) {
        List<ReceivedFrame> frames =
                TestPipeline.toTheEnd(source(10) + "midframe depth=" + depth + " ! appsink name=sink");

        assertThat(frames)
                .extracting(ReceivedFrame::pts)
                .isEqualTo(LongStream.range(0, 19).mapToObj(i -> i * FRAME / 2).toList());
        assertThat(frames.subList(0, 18)).allMatch(frame -> frame.duration() == FRAME / 2);
        assertThat(frames.getLast().duration()).isEqualTo(FRAME);
    }

    @Test
    void passesRealFramesBitExact() {
        List<ReceivedFrame> real = TestPipeline.toTheEnd(source(10) + "appsink name=sink");

        List<ReceivedFrame> frames = TestPipeline.toTheEnd(source(10) + "midframe factor=3 ! appsink name=sink");

        assertThat(frames).hasSize(28);
        for (int i = 0; i < real.size(); i++) {
            assertThat(frames.get(3 * i).checksum()).isEqualTo(real.get(i).checksum());
        }
        assertThat(frames.get(1).checksum())
                .isNotIn(
                        real.get(0).checksum(),
                        real.get(1).checksum(),
                        frames.get(2).checksum());
    }

    @Test
    void passesEverythingAsItCameAtFactorOne() {
        List<ReceivedFrame> real = TestPipeline.toTheEnd(source(5) + "appsink name=sink");
        int opened = ENGINES.requests.size();

        assertThat(TestPipeline.toTheEnd(source(5) + "midframe factor=1 ! appsink name=sink"))
                .isEqualTo(real);
        assertThat(ENGINES.requests).hasSize(opened);
    }

    @Test
    void passesTheOnlyFrameOfAStream() {
        ReceivedFrame real =
                TestPipeline.toTheEnd(source(1) + "appsink name=sink").getFirst();

        List<ReceivedFrame> frames = TestPipeline.toTheEnd(source(1) + "midframe ! appsink name=sink");

        assertThat(frames).hasSize(1);
        assertThat(frames.getFirst())
                .usingRecursiveComparison()
                .ignoringFields("caps")
                .isEqualTo(real);
    }

    @Test
    void givesFramesWithoutTimestampsTheirPlace() {
        List<ReceivedFrame> frames = TestPipeline.toTheEnd("videotestsrc num-buffers=5 ! " + CAPS
                + " ! identity ! rawvideoparse use-sink-caps=false format=i420 width=64 height=48 framerate=0/1 ! "
                + "capssetter caps=video/x-raw,framerate=25/1 ! midframe ! appsink name=sink");

        assertThat(frames)
                .extracting(ReceivedFrame::pts)
                .isEqualTo(LongStream.range(0, 9).mapToObj(i -> i * FRAME / 2).toList());
    }

    @Test
    void firstPairIsInterpolatedWhereTheAnnouncedRateIsTooLow() {
        List<ReceivedFrame> frames = TestPipeline.toTheEnd(
                source(5) + "capssetter caps=video/x-raw,framerate=10/1 ! midframe ! appsink name=sink");

        assertThat(frames)
                .extracting(ReceivedFrame::pts)
                .isEqualTo(LongStream.range(0, 9).mapToObj(i -> i * FRAME / 2).toList());
    }

    @Test
    void doesNotBridgeAGap() {
        List<ReceivedFrame> frames = TestPipeline.toTheEnd("videotestsrc num-buffers=3 ! "
                + "video/x-raw,width=32,height=32,framerate=2/1 ! midframe ! appsink name=sink");

        assertThat(frames).extracting(ReceivedFrame::pts).containsExactly(0L, 500_000_000L, 1_000_000_000L);
    }

    @Test
    void doesNotBridgeWhatIsToldToBeMissing() {
        List<ReceivedFrame> frames =
                TestPipeline.toTheEnd(source(60) + "identity drop-probability=0.4 ! midframe ! appsink name=sink");

        List<Long> real = frames.stream()
                .map(ReceivedFrame::pts)
                .filter(pts -> pts % FRAME == 0)
                .toList();
        List<Long> generated = frames.stream()
                .map(ReceivedFrame::pts)
                .filter(pts -> pts % FRAME != 0)
                .toList();
        assertThat(real).hasSizeBetween(5, 59);
        assertThat(generated)
                .isNotEmpty()
                .isEqualTo(real.stream()
                        .filter(pts -> real.contains(pts + FRAME))
                        .map(pts -> pts + FRAME / 2)
                        .toList());
    }

    @Test
    void tellsAnObserverOfEveryFrame() {
        TestPipeline.toTheEnd(source(3) + "midframe name=doubler ! appsink name=sink");

        assertThat(OBSERVED)
                .extracting(Observed::kind)
                .containsExactly(
                        FrameKind.REAL, FrameKind.GENERATED, FrameKind.REAL, FrameKind.GENERATED, FrameKind.REAL);
        assertThat(OBSERVED).extracting(Observed::pts).isSorted().doesNotHaveDuplicates();
        assertThat(OBSERVED).allMatch(observed -> observed.element().equals("doubler") && observed.nanos() > 0);
    }

    @Test
    void countsFramesAndNamesItsEngine() {
        try (TestPipeline running = new TestPipeline(source(4) + "midframe name=m model=lite ! appsink name=sink")) {
            running.play();
            running.awaitEnd();

            assertThat(running.element("m").number("frames-in")).isEqualTo(4);
            assertThat(running.element("m").number("frames-out")).isEqualTo(7);
            assertThat(running.element("m").number("frames-generated")).isEqualTo(3);
            assertThat(running.element("m").number("frames-skipped")).isEqualTo(0);
            assertThat(running.element("m").property("engine")).isEqualTo("mean of two frames, lite");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void saysHowLongItHoldsFrames(int depth) {
        try (TestPipeline running = new TestPipeline("videotestsrc name=source is-live=true ! " + CAPS
                + " ! midframe name=m depth=" + depth + " ! fakesink name=out")) {
            running.play();
            running.awaitState(States.PLAYING);

            Latency upstream = running.element("source").latency();
            Latency with = running.element("m").latency();

            assertThat(with.live()).isTrue();
            assertThat(with.minimum() - upstream.minimum()).isEqualTo(depth * FRAME);
        }
    }

    /** The pipeline asks again for the latency when a message says that it changed. */
    @ParameterizedTest
    @CsvSource({"depth, 4, 4", "duplicates, bridge, 5"})
    void tellsThePipelineWhenItsLatencyChangesWhilePlaying(String property, String value, int frames) throws Exception {
        BlockingQueue<String> observed = new LinkedBlockingQueue<>();
        try (TestPipeline running = new TestPipeline("videotestsrc name=source is-live=true pattern=ball ! " + CAPS
                + " ! midframe name=m depth=2 ! appsink name=sink")) {
            running.onMessage(message -> {
                if (message.type() == Message.LATENCY) {
                    observed.add(message.sourceName().orElse("nobody"));
                }
            });
            running.play();
            running.awaitFrames(4);
            observed.clear();

            running.element("m").set("factor", "3");
            running.awaitFrames(running.received().size() + 4);
            assertThat(observed).as("a factor changes no latency").isEmpty();

            running.element("m").set(property, value);
            assertThat(observed.poll(60, TimeUnit.SECONDS)).isEqualTo("m");

            Latency upstream = running.element("source").latency();
            Latency with = running.element("m").latency();
            assertThat(with.minimum() - upstream.minimum()).isEqualTo(frames * FRAME);
        }
    }

    /** Shorter than the caps say, as in a film of variable rate, but not cut: they are frames like all others. */
    @Test
    void framesThatAreShorterThanTheirRateSaysAreBridgedToo() {
        List<ReceivedFrame> frames = TestPipeline.toTheEnd("videotestsrc pattern=ball num-buffers=6 ! "
                + CAPS.replace("25/1", "50/1") + " ! capssetter caps=video/x-raw,framerate=25/1"
                + " ! midframe ! appsink name=sink");

        assertThat(frames)
                .extracting(ReceivedFrame::pts)
                .startsWith(0L, 10_000_000L, 20_000_000L, 30_000_000L, 40_000_000L)
                .endsWith(90_000_000L, 100_000_000L);
    }

    @Test
    void bridgesNoGapLongerThanAsked() {
        String slow = "videotestsrc pattern=ball num-buffers=3 ! " + CAPS.replace("25/1", "2/1") + " ! midframe ";

        assertThat(TestPipeline.toTheEnd(slow + "max-gap=600000000 ! appsink name=sink"))
                .hasSize(5);
        assertThat(TestPipeline.toTheEnd(slow + "max-gap=400000000 ! appsink name=sink"))
                .hasSize(3);
    }

    @Test
    void waitsForFewerRepeatsInLiveStreams() {
        Settings settings = new Settings();

        assertThat(settings.cadence(true).maxRepeats()).isEqualTo(3);
        assertThat(settings.cadence(false).maxRepeats()).isEqualTo(5);
    }

    @Test
    void removesRepeatsEvenAtFactorOne() {
        List<ReceivedFrame> frames = TestPipeline.toTheEnd("videotestsrc pattern=ball num-buffers=4 ! "
                + CAPS.replace("25/1", "25/2") + " ! videorate ! " + CAPS
                + " ! midframe factor=1 duplicates=bridge ! appsink name=sink");

        assertThat(frames).hasSizeBetween(7, 8);
        assertThat(frames.subList(0, 7)).extracting(ReceivedFrame::checksum).doesNotHaveDuplicates();
    }

    @Test
    void postsWhyAnEngineCannotBeHad() {
        ENGINES.beforeOpen = request -> {
            throw new InterpolationException("no model named " + request.model() + ": try film-lite");
        };

        assertThat(TestPipeline.toTheError(source(3) + "midframe model=nonsense ! appsink name=sink"))
                .isEqualTo("no model named nonsense: try film-lite");
        ENGINES.awaitNoneOpen();
    }

    @Test
    void postsThatAnEngineFailedAtWork() {
        ENGINES.beforeCopy = () -> {
            throw new InterpolationException("out of memory on a pair: take a smaller model");
        };

        assertThat(TestPipeline.toTheError(source(3) + "midframe ! appsink name=sink"))
                .isEqualTo("out of memory on a pair: take a smaller model");
    }

    @Test
    void survivesAnEngineThatThrowsAnything() {
        ENGINES.beforeCopy = () -> {
            throw new StackOverflowError("deep");
        };

        assertThat(TestPipeline.toTheError(source(3) + "midframe ! appsink name=sink"))
                .isEqualTo("internal error: java.lang.StackOverflowError: deep");
    }

    @Test
    void changesTheFactorInMidStream() {
        try (TestPipeline running =
                new TestPipeline(source(60) + "identity sleep-time=5000 ! midframe name=m ! appsink name=sink")) {
            running.play();
            running.awaitFrames(10);
            running.element("m").set("factor", "4");
            running.awaitEnd();

            assertThat(running.received().getFirst().caps()).contains("framerate=(fraction)50/1");
            assertThat(running.received().getLast().caps()).contains("framerate=(fraction)100/1");
            assertThat(running.received())
                    .extracting(ReceivedFrame::pts)
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void changesTheModelInMidStream() {
        int before = ENGINES.requests.size();
        try (TestPipeline running = new TestPipeline(
                source(60) + "identity sleep-time=5000 ! midframe name=m model=one ! appsink name=sink")) {
            running.play();
            running.awaitFrames(10);
            running.element("m").set("model", "two");
            running.awaitEnd();

            assertThat(running.element("m").property("engine")).isEqualTo("mean of two frames, two");
            assertThat(ENGINES.requests.subList(before, ENGINES.requests.size()))
                    .extracting(EngineRequest::model)
                    .containsExactly("one", "two");
            assertThat(running.received())
                    .extracting(ReceivedFrame::pts)
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
        ENGINES.awaitNoneOpen();
    }

    @Test
    void closesItsEngineWhenItStops() {
        for (int i = 0; i < 100; i++) {
            try (TestPipeline running = new TestPipeline(source(2) + "midframe ! fakesink")) {
                running.play();
                if (i % 2 == 0) {
                    running.awaitEnd();
                }
            }
        }

        ENGINES.awaitNoneOpen();
    }
}
