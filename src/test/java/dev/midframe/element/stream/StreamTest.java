package dev.midframe.element.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.element.MidframeElement;
import dev.midframe.element.Running;
import dev.midframe.element.Seen;
import dev.midframe.element.TestEngines;
import dev.midframe.element.properties.Settings;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameKind;
import dev.midframe.interpolation.InterpolationException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.freedesktop.gstreamer.Bus;
import org.freedesktop.gstreamer.Gst;
import org.freedesktop.gstreamer.State;
import org.freedesktop.gstreamer.message.MessageType;
import org.freedesktop.gstreamer.query.LatencyQuery;
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
    private static final List<Told> TOLD = Collections.synchronizedList(new ArrayList<>());

    private record Told(String element, long pts, FrameKind kind, long nanos) {}

    @BeforeAll
    static void register() {
        Gst.init();
        MidframeElement.register(ENGINES, (element, pts, kind, nanos) -> TOLD.add(new Told(element, pts, kind, nanos)));
    }

    @BeforeEach
    void start() {
        TOLD.clear();
        ENGINES.beforeOpen = request -> {};
        ENGINES.beforeCopy = () -> {};
    }

    private static String source(int frames) {
        return "videotestsrc pattern=ball num-buffers=" + frames + " ! " + CAPS + " ! ";
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void doublesTheFramesButForTheLastAtAnyDepth(int depth) {
        List<Seen> frames = Running.toTheEnd(source(10) + "midframe depth=" + depth + " ! appsink name=sink");

        assertThat(frames)
                .extracting(Seen::pts)
                .isEqualTo(LongStream.range(0, 19).mapToObj(i -> i * FRAME / 2).toList());
        assertThat(frames.subList(0, 18)).allMatch(frame -> frame.duration() == FRAME / 2);
        assertThat(frames.getLast().duration()).isEqualTo(FRAME);
    }

    @Test
    void passesRealFramesBitExact() {
        List<Seen> real = Running.toTheEnd(source(10) + "appsink name=sink");

        List<Seen> frames = Running.toTheEnd(source(10) + "midframe factor=3 ! appsink name=sink");

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
        List<Seen> real = Running.toTheEnd(source(5) + "appsink name=sink");
        int opened = ENGINES.requests.size();

        assertThat(Running.toTheEnd(source(5) + "midframe factor=1 ! appsink name=sink"))
                .isEqualTo(real);
        assertThat(ENGINES.requests).hasSize(opened);
    }

    @Test
    void passesTheOnlyFrameOfAStream() {
        Seen real = Running.toTheEnd(source(1) + "appsink name=sink").getFirst();

        List<Seen> frames = Running.toTheEnd(source(1) + "midframe ! appsink name=sink");

        assertThat(frames).hasSize(1);
        assertThat(frames.getFirst())
                .usingRecursiveComparison()
                .ignoringFields("caps")
                .isEqualTo(real);
    }

    @Test
    void givesFramesWithoutTimestampsTheirPlace() {
        List<Seen> frames = Running.toTheEnd("videotestsrc num-buffers=5 ! " + CAPS
                + " ! identity ! rawvideoparse use-sink-caps=false format=i420 width=64 height=48 framerate=0/1 ! "
                + "capssetter caps=video/x-raw,framerate=25/1 ! midframe ! appsink name=sink");

        assertThat(frames)
                .extracting(Seen::pts)
                .isEqualTo(LongStream.range(0, 9).mapToObj(i -> i * FRAME / 2).toList());
    }

    @Test
    void doesNotBridgeAGap() {
        List<Seen> frames = Running.toTheEnd("videotestsrc num-buffers=3 ! "
                + "video/x-raw,width=32,height=32,framerate=2/1 ! midframe ! appsink name=sink");

        assertThat(frames).extracting(Seen::pts).containsExactly(0L, 500_000_000L, 1_000_000_000L);
    }

    @Test
    void doesNotBridgeWhatIsToldToBeMissing() {
        List<Seen> frames =
                Running.toTheEnd(source(60) + "identity drop-probability=0.4 ! midframe ! appsink name=sink");

        List<Long> real =
                frames.stream().map(Seen::pts).filter(pts -> pts % FRAME == 0).toList();
        List<Long> generated =
                frames.stream().map(Seen::pts).filter(pts -> pts % FRAME != 0).toList();
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
        Running.toTheEnd(source(3) + "midframe name=doubler ! appsink name=sink");

        assertThat(TOLD)
                .extracting(Told::kind)
                .containsExactly(
                        FrameKind.REAL, FrameKind.GENERATED, FrameKind.REAL, FrameKind.GENERATED, FrameKind.REAL);
        assertThat(TOLD).extracting(Told::pts).isSorted().doesNotHaveDuplicates();
        assertThat(TOLD).allMatch(told -> told.element().equals("doubler") && told.nanos() > 0);
    }

    @Test
    void countsFramesAndNamesItsEngine() {
        try (Running running = new Running(source(4) + "midframe name=m model=lite ! appsink name=sink")) {
            running.play();
            running.awaitEnd();

            assertThat(running.element("m").get("frames-in")).isEqualTo(4L);
            assertThat(running.element("m").get("frames-out")).isEqualTo(7L);
            assertThat(running.element("m").get("frames-generated")).isEqualTo(3L);
            assertThat(running.element("m").get("frames-skipped")).isEqualTo(0L);
            assertThat(running.element("m").get("engine")).isEqualTo("mean of two frames, lite");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void saysHowLongItHoldsFrames(int depth) {
        try (Running running = new Running("videotestsrc name=source is-live=true ! " + CAPS
                + " ! midframe name=m depth=" + depth + " ! fakesink name=out")) {
            running.play();
            running.awaitState(State.PLAYING);

            LatencyQuery with = new LatencyQuery();
            LatencyQuery upstream = new LatencyQuery();
            running.element("source").query(upstream);
            running.element("m").query(with);

            assertThat(with.isLive()).isTrue();
            assertThat(with.getMinimumLatency() - upstream.getMinimumLatency()).isEqualTo(depth * FRAME);
        }
    }

    /** The pipeline asks again for the latency when it is told that it changed. */
    @ParameterizedTest
    @CsvSource({"depth, 4, 4", "duplicates, bridge, 5"})
    void tellsThePipelineWhenItsLatencyChangesWhilePlaying(String property, String value, int frames) throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        try (Running running = new Running("videotestsrc name=source is-live=true pattern=ball ! " + CAPS
                + " ! midframe name=m depth=2 ! appsink name=sink")) {
            running.pipeline().getBus().connect((Bus.MESSAGE) (bus, message) -> {
                if (message.getType() == MessageType.LATENCY) {
                    told.add(message.getSource().getName());
                }
            });
            running.play();
            running.awaitFrames(4);
            told.clear();

            running.element("m").setAsString("factor", "3");
            running.awaitFrames(running.seen().size() + 4);
            assertThat(told).as("a factor changes no latency").isEmpty();

            running.element("m").setAsString(property, value);
            assertThat(told.poll(60, TimeUnit.SECONDS)).isEqualTo("m");

            LatencyQuery with = new LatencyQuery();
            LatencyQuery upstream = new LatencyQuery();
            running.element("source").query(upstream);
            running.element("m").query(with);
            assertThat(with.getMinimumLatency() - upstream.getMinimumLatency()).isEqualTo(frames * FRAME);
        }
    }

    /** Shorter than the caps say, as in a film of variable rate, but not cut: they are frames like all others. */
    @Test
    void framesThatAreShorterThanTheirRateSaysAreBridgedToo() {
        List<Seen> frames = Running.toTheEnd("videotestsrc pattern=ball num-buffers=6 ! "
                + CAPS.replace("25/1", "50/1") + " ! capssetter caps=video/x-raw,framerate=25/1"
                + " ! midframe ! appsink name=sink");

        assertThat(frames)
                .extracting(Seen::pts)
                .startsWith(0L, 20_000_000L, 30_000_000L, 40_000_000L, 50_000_000L)
                .endsWith(90_000_000L, 100_000_000L);
    }

    @Test
    void bridgesNoGapLongerThanAsked() {
        String slow = "videotestsrc pattern=ball num-buffers=3 ! " + CAPS.replace("25/1", "2/1") + " ! midframe ";

        assertThat(Running.toTheEnd(slow + "max-gap=600000000 ! appsink name=sink"))
                .hasSize(5);
        assertThat(Running.toTheEnd(slow + "max-gap=400000000 ! appsink name=sink"))
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
        List<Seen> frames = Running.toTheEnd("videotestsrc pattern=ball num-buffers=4 ! "
                + CAPS.replace("25/1", "25/2") + " ! videorate ! " + CAPS
                + " ! midframe factor=1 duplicates=bridge ! appsink name=sink");

        assertThat(frames).hasSizeBetween(7, 8);
        assertThat(frames.subList(0, 7)).extracting(Seen::checksum).doesNotHaveDuplicates();
    }

    @Test
    void postsWhyAnEngineCannotBeHad() {
        ENGINES.beforeOpen = request -> {
            throw new InterpolationException("no model named " + request.model() + ": try film-lite");
        };

        assertThat(Running.toTheError(source(3) + "midframe model=nonsense ! appsink name=sink"))
                .isEqualTo("no model named nonsense: try film-lite");
        assertThat(ENGINES.open).hasValue(0);
    }

    @Test
    void postsThatAnEngineFailedAtWork() {
        ENGINES.beforeCopy = () -> {
            throw new InterpolationException("out of memory on a pair: take a smaller model");
        };

        assertThat(Running.toTheError(source(3) + "midframe ! appsink name=sink"))
                .isEqualTo("out of memory on a pair: take a smaller model");
    }

    @Test
    void survivesAnEngineThatThrowsAnything() {
        ENGINES.beforeCopy = () -> {
            throw new StackOverflowError("deep");
        };

        assertThat(Running.toTheError(source(3) + "midframe ! appsink name=sink"))
                .isEqualTo("internal error: java.lang.StackOverflowError: deep");
    }

    @Test
    void changesTheFactorInMidStream() {
        try (Running running =
                new Running(source(60) + "identity sleep-time=5000 ! midframe name=m ! appsink name=sink")) {
            running.play();
            running.awaitFrames(10);
            running.element("m").setAsString("factor", "4");
            running.awaitEnd();

            assertThat(running.seen().getFirst().caps()).contains("framerate=(fraction)50/1");
            assertThat(running.seen().getLast().caps()).contains("framerate=(fraction)100/1");
            assertThat(running.seen()).extracting(Seen::pts).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void changesTheModelInMidStream() {
        int before = ENGINES.requests.size();
        try (Running running =
                new Running(source(60) + "identity sleep-time=5000 ! midframe name=m model=one ! appsink name=sink")) {
            running.play();
            running.awaitFrames(10);
            running.element("m").set("model", "two");
            running.awaitEnd();

            assertThat(running.element("m").get("engine")).isEqualTo("mean of two frames, two");
            assertThat(ENGINES.requests.subList(before, ENGINES.requests.size()))
                    .extracting(EngineRequest::model)
                    .containsExactly("one", "two");
            assertThat(running.seen()).extracting(Seen::pts).isSorted().doesNotHaveDuplicates();
        }
        assertThat(ENGINES.open).hasValue(0);
    }

    @Test
    void closesItsEngineWhenItStops() {
        for (int i = 0; i < 100; i++) {
            try (Running running = new Running(source(2) + "midframe ! fakesink")) {
                running.play();
                if (i % 2 == 0) {
                    running.awaitEnd();
                }
            }
        }

        assertThat(ENGINES.open).hasValue(0);
    }
}
