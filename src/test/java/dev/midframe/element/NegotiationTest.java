package dev.midframe.element;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.cadence.Ratio;
import dev.midframe.element.caps.FrameRates;
import dev.midframe.ffi.Memory;
import dev.midframe.ffi.NativeStrings;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.interpolation.FrameObserver;
import dev.midframe.testkit.ReceivedFrame;
import dev.midframe.testkit.TestPipeline;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.PixelFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NegotiationTest {

    private static final TestEngines ENGINES = new TestEngines();

    @BeforeAll
    static void register() {
        MidframeElement.register(ENGINES, FrameObserver.NONE);
    }

    private static String source(int frames, String caps) {
        return "videotestsrc pattern=ball num-buffers=" + frames + " ! video/x-raw," + caps + " ! ";
    }

    @Test
    void meetsARateAskedForDownstream() {
        List<ReceivedFrame> frames = TestPipeline.toTheEnd(source(30, "framerate=30/1,width=32,height=32")
                + "midframe ! video/x-raw,framerate=60/1 ! appsink name=sink");

        assertThat(frames).hasSize(59);
    }

    @Test
    void makesTheSourceFitARateAskedForDownstream() {
        List<ReceivedFrame> frames = TestPipeline.toTheEnd(
                "videotestsrc num-buffers=4 ! midframe factor=5/2 ! video/x-raw,framerate=50/1,width=32,height=32 ! appsink name=sink");

        assertThat(frames.get(2).pts() - frames.get(0).pts()).isEqualTo(40_000_000);
    }

    @Test
    void refusesARateThatTheFactorDoesNotGive() {
        String error = TestPipeline.toTheError(source(3, "framerate=30/1,width=32,height=32")
                + "midframe factor=3 ! video/x-raw,framerate=60/1 ! appsink name=sink");

        assertThat(error).contains("stream error");
    }

    @ParameterizedTest
    @CsvSource({"24/1,60,60", "24000/1001,60000/1001,60", "25/1,60,58", "25/2,50,95", "60/1,144,58", "30/1,30,24"})
    void fixesTheRateOfTheOutput(String in, String out, int expected) {
        List<ReceivedFrame> frames = TestPipeline.toTheEnd(
                source(24, "framerate=" + in + ",width=16,height=16") + "midframe fps=" + out + " ! appsink name=sink");

        assertThat(frames.getFirst().caps()).contains("framerate=(fraction)" + (out.contains("/") ? out : out + "/1"));
        assertThat(frames.size()).isBetween(expected - 4, expected + 4);
        Ratio rate = new Ratio(
                Integer.parseInt(out.split("/")[0]), out.contains("/") ? Integer.parseInt(out.split("/")[1]) : 1);
        for (int i = 0; i < frames.size(); i++) {
            assertThat(frames.get(i).pts()).isEqualTo(1_000_000_000L * rate.denominator() * i / rate.numerator());
        }
    }

    @Test
    void leavesAVariableRateVariable() {
        List<ReceivedFrame> frames = TestPipeline.toTheEnd(source(6, "format=I420,framerate=25/1,width=32,height=32")
                + "capssetter caps=video/x-raw,framerate=0/1 ! midframe ! appsink name=sink");

        assertThat(frames).hasSize(11);
        assertThat(frames.getFirst().caps()).contains("framerate=(fraction)0/1");
    }

    @ParameterizedTest
    @CsvSource({"factor=2, max-framerate=(fraction)50/1", "factor=5/2, max-framerate=(fraction)125/2"})
    void scalesTheBoundOfAVariableRate(String property, String bound) {
        List<ReceivedFrame> frames = TestPipeline.toTheEnd(source(2, "format=I420,framerate=25/1,width=32,height=32")
                + "capssetter caps=video/x-raw,framerate=0/1,max-framerate=25/1 ! midframe " + property
                + " ! appsink name=sink");

        assertThat(frames.getFirst().caps()).contains(bound);
    }

    @Test
    void aRateOfItsOwnHasNoBound() {
        List<ReceivedFrame> frames = TestPipeline.toTheEnd(source(2, "format=I420,framerate=25/1,width=32,height=32")
                + "capssetter caps=video/x-raw,framerate=0/1,max-framerate=25/1 ! midframe fps=50"
                + " ! appsink name=sink");

        assertThat(frames.getFirst().caps())
                .contains("framerate=(fraction)50/1")
                .doesNotContain("max-framerate");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "30/1; 2; 60/1",
                "{ 30/1, 60/1 }; 2; { 60/1, 120/1 }",
                "[ 0/1, 2147483647/1 ]; 2; [ 0/1, 2147483647/1 ]",
                "[ 1/2147483647, 60/1 ]; 2; [ 1/2147483647, 120/1 ]",
                "0/1; 3; 0/1",
                "[ 1/1, 60/1 ]; 3; [ 3/1, 180/1 ]",
                "{ [ 1/1, 30/1 ], 60/1 }; 2; { [ 2/1, 60/1 ], 120/1 }",
                "[ 2147483645/1, 2147483646/1 ]; 2; [ 0/1, 2147483647/1 ]",
                "2147483646/1; 2; 2147483647/1"
            })
    void scalesEveryKindOfRate(String rates, int factor, String expected) {
        GStreamer gstreamer = GStreamer.get();
        long field = gstreamer.strings().lasting("rate");
        long structure = NativeStrings.call(
                "rates, rate=(fraction)" + rates, text -> gstreamer.gst().gst_structure_from_string(text, 0));
        try {
            new FrameRates(gstreamer).scale(structure, field, new Ratio(factor, 1));
            long text = gstreamer.gst().gst_value_serialize(gstreamer.gst().gst_structure_get_value(structure, field));
            String withoutTypes = String.valueOf(Memory.text(text)).replaceAll("\\(\\w+\\)", "");
            assertThat(withoutTypes).isEqualTo(expected);
            gstreamer.glib().g_free(text);
        } finally {
            gstreamer.gst().gst_structure_free(structure);
        }
    }

    @Test
    void offersUpstreamWhatDownstreamTakesAtAFractionOfTheRate() {
        try (TestPipeline running = new TestPipeline("identity name=head ! midframe name=m ! "
                + "video/x-raw,framerate=[1/1,60/1],format=NV12 ! fakesink")) {
            running.ready();

            String caps = running.element("m").possibleCaps("sink");

            assertThat(caps).contains("framerate=(fraction)[ 1/2, 30/1 ]").contains("format=(string)NV12");
        }
    }

    @Test
    void keepsEverythingElseOfTheCaps() {
        String rest = "colorimetry=(string)bt2020,chroma-site=(string)mpeg2,pixel-aspect-ratio=(fraction)4/3";
        List<ReceivedFrame> frames = TestPipeline.toTheEnd(
                source(2, "format=I420,framerate=10/1,width=32,height=32," + rest) + "midframe ! appsink name=sink");

        assertThat(frames.getFirst().caps().replace(" ", "")).contains(rest.split(","));
    }

    @ParameterizedTest
    @CsvSource({
        "bt601,LIMITED,BT601",
        "bt709,LIMITED,BT709",
        "bt2020,LIMITED,BT2020",
        "1:3:5:1,FULL,BT709",
        "smpte240m,LIMITED,SMPTE240M"
    })
    void tellsTheEngineTheColorimetry(String colorimetry, Colorimetry.Range range, Colorimetry.Matrix matrix) {
        TestPipeline.toTheEnd(source(1, "format=I420,framerate=10/1,width=32,height=32,colorimetry=" + colorimetry)
                + "midframe ! appsink name=sink");

        assertThat(ENGINES.requests.getLast().format().colorimetry()).isEqualTo(new Colorimetry(range, matrix));
    }

    @ParameterizedTest
    @EnumSource(PixelFormat.class)
    void worksInEveryPixelFormat(PixelFormat format) {
        String source = source(3, "format=" + format + ",framerate=10/1,width=48,height=28");
        List<ReceivedFrame> real = TestPipeline.toTheEnd(source + "appsink name=sink");

        List<ReceivedFrame> frames = TestPipeline.toTheEnd(source + "midframe ! appsink name=sink");

        assertThat(frames).hasSize(5);
        assertThat(List.of(frames.get(0), frames.get(2), frames.get(4)))
                .extracting(ReceivedFrame::checksum)
                .containsExactlyElementsOf(
                        real.stream().map(ReceivedFrame::checksum).toList());
        assertThat(ENGINES.requests.getLast().format().pixelFormat()).isEqualTo(format);
    }

    @ParameterizedTest
    @EnumSource(PixelFormat.class)
    void worksInOddSizes(PixelFormat format) {
        String source = source(3, "format=" + format + ",framerate=10/1,width=43,height=27");

        assertThat(TestPipeline.toTheEnd(source + "midframe ! appsink name=sink"))
                .hasSize(5);
    }

    @Test
    void followsAChangeOfSizeFormatAndRateInMidStream() {
        List<ReceivedFrame> frames = TestPipeline.toTheEnd("concat name=c ! midframe ! appsink name=sink "
                + source(4, "format=I420,framerate=10/1,width=32,height=32") + "c. "
                + source(3, "format=NV12,framerate=20/1,width=64,height=48") + "c. "
                + source(2, "format=NV12,framerate=20/1,width=16,height=16") + "c.");

        assertThat(frames).hasSize(7 + 5 + 3);
        assertThat(frames.get(6).caps()).contains("I420", "framerate=(fraction)20/1");
        assertThat(frames.get(7).caps()).contains("NV12", "width=(int)64", "framerate=(fraction)40/1");
        assertThat(frames.get(12).caps()).contains("width=(int)16");
        for (List<ReceivedFrame> segment :
                List.of(frames.subList(0, 7), frames.subList(7, 12), frames.subList(12, 15))) {
            assertThat(segment).extracting(ReceivedFrame::pts).isSorted().startsWith(0L);
        }
    }

    @Test
    void refusesInterlacedVideoWithTheAdviceToDeinterlace() {
        String error = TestPipeline.toTheError(
                source(3, "framerate=30/1,width=32,height=32") + "interlace ! midframe ! appsink name=sink");

        assertThat(error).isEqualTo("the video is interlaced: put the element deinterlace before midframe");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "factor=1/2; factor=1/2 is out of range: 1 to 16, for example factor=2",
                "factor=0; factor=0/1 is out of range: 1 to 16, for example factor=2",
                "factor=17; factor=17/1 is out of range: 1 to 16, for example factor=2",
                "factor=-2; factor=-2/1 is out of range: 1 to 16, for example factor=2",
                "fps=-60; fps=-60/1 is out of range: above 0, at most 1000, for example fps=60",
                "factor=3 fps=60; factor=3/1 and fps=60/1 are mutually exclusive: set only one"
            })
    void refusesARateThatMakesNoSense(String properties, String message) {
        assertThat(TestPipeline.toTheError(source(9, "framerate=30/1") + "midframe " + properties + " ! fakesink"))
                .isEqualTo(message);
    }
}
