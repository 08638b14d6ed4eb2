package dev.midframe.element;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Pointer;
import dev.midframe.interpolation.FrameObserver;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.freedesktop.gstreamer.Buffer;
import org.freedesktop.gstreamer.Bus;
import org.freedesktop.gstreamer.Gst;
import org.freedesktop.gstreamer.PadProbeReturn;
import org.freedesktop.gstreamer.glib.Natives;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTest {

    /** What the test needs of libgstreamer-1.0. */
    interface Meta {
        long gst_buffer_get_meta(long buffer, long api);
    }

    /** What the test needs of libgstvideo-1.0. */
    interface TimeCode {
        long gst_video_time_code_meta_api_get_type();
    }

    /** The same, for closed captions. */
    interface Captions {
        long gst_video_caption_meta_api_get_type();

        long gst_buffer_add_video_caption_meta(long buffer, int kind, long data, long bytes);
    }

    @Test
    void staysOnRealFramesAndIsCopiedToGeneratedOnes() {
        Gst.init();
        MidframeElement.register(AveragingInterpolator::new, FrameObserver.NONE);
        Meta meta = NativeFunctions.bind(Meta.class, "libgstreamer-1.0.so.0");
        long timeCode =
                NativeFunctions.bind(TimeCode.class, "libgstvideo-1.0.so.0").gst_video_time_code_meta_api_get_type();
        List<Boolean> carried = Collections.synchronizedList(new ArrayList<>());
        try (Running running = new Running("videotestsrc pattern=snow num-buffers=4 ! video/x-raw,width=32,height=32,"
                + "framerate=25/1 ! timecodestamper ! midframe name=m scene-change=off ! fakesink")) {
            running.element("m").getStaticPad("src").addDataProbe((pad, buffer) -> {
                carried.add(meta.gst_buffer_get_meta(address(buffer), timeCode) != 0);
                return PadProbeReturn.OK;
            });
            running.play();
            running.awaitEnd();
        }

        assertThat(carried).hasSize(7).containsOnly(true);
    }

    /** A caption is a piece of text that is sent once: a second one would be read twice. */
    @ParameterizedTest
    @ValueSource(strings = {"snow", "smpte"})
    void captionsLeaveOnceAsTheyCame(String pattern) {
        Gst.init();
        MidframeElement.register(AveragingInterpolator::new, FrameObserver.NONE);
        Meta meta = NativeFunctions.bind(Meta.class, "libgstreamer-1.0.so.0");
        Captions captions = NativeFunctions.bind(Captions.class, "libgstvideo-1.0.so.0");
        List<Boolean> carried = Collections.synchronizedList(new ArrayList<>());
        try (Arena arena = Arena.ofShared();
                Running running =
                        new Running("videotestsrc pattern=" + pattern + " num-buffers=3 ! video/x-raw,width=32,"
                                + "height=32,framerate=25/1 ! midframe name=m scene-change=off ! fakesink")) {
            long text = arena.allocateFrom("abc").address();
            running.element("m").getStaticPad("sink").addDataProbe((pad, buffer) -> {
                captions.gst_buffer_add_video_caption_meta(address(buffer), 1, text, 3);
                return PadProbeReturn.OK;
            });
            running.element("m").getStaticPad("src").addDataProbe((pad, buffer) -> {
                carried.add(
                        meta.gst_buffer_get_meta(address(buffer), captions.gst_video_caption_meta_api_get_type()) != 0);
                return PadProbeReturn.OK;
            });
            running.play();
            running.awaitEnd();
        }

        assertThat(carried).containsExactly(true, false, true, false, true);
    }

    private static long address(Buffer buffer) {
        return Pointer.nativeValue(Natives.getRawPointer(buffer));
    }

    @Test
    void tellsWhatIsBehindHowThePictureIsTurned() {
        Gst.init();
        MidframeElement.register(AveragingInterpolator::new, FrameObserver.NONE);
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        try (Running running =
                new Running("videotestsrc num-buffers=2 ! video/x-raw,width=32,height=32,framerate=25/1 ! "
                        + "taginject tags=\"image-orientation=rotate-90\" ! midframe ! fakesink name=behind")) {
            running.pipeline().getBus().connect((Bus.TAG) (source, tags) -> {
                if (source.getName().equals("behind")) {
                    told.add(tags.getString("image-orientation", 0));
                }
            });
            running.play();
            running.awaitEnd();
        }

        assertThat(told).contains("rotate-90");
    }
}
