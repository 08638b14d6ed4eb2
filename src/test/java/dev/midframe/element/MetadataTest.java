package dev.midframe.element;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.NativeFunctions;
import dev.midframe.ffi.gst.Message;
import dev.midframe.interpolation.FrameObserver;
import dev.midframe.testkit.AveragingInterpolator;
import dev.midframe.testkit.TestPipeline;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTest {

    /** What the test needs of libgstreamer-1.0 and libgstvideo-1.0. */
    interface Metas {
        long gst_buffer_get_meta(long buffer, long api);

        long gst_video_time_code_meta_api_get_type();

        long gst_video_caption_meta_api_get_type();

        long gst_buffer_add_video_caption_meta(long buffer, int kind, long data, long bytes);

        long gst_message_get_structure(long message);

        long gst_structure_to_string(long structure);
    }

    private final Metas metas = NativeFunctions.bind(
            Metas.class,
            SymbolLookup.libraryLookup("libgstvideo-1.0.so.0", Arena.global())
                    .or(SymbolLookup.libraryLookup("libgstreamer-1.0.so.0", Arena.global())));

    @Test
    void staysOnRealFramesAndIsCopiedToGeneratedOnes() {
        MidframeElement.register(AveragingInterpolator::new, FrameObserver.NONE);
        long timeCode = metas.gst_video_time_code_meta_api_get_type();
        List<Boolean> carried = Collections.synchronizedList(new ArrayList<>());
        try (TestPipeline running =
                new TestPipeline("videotestsrc pattern=snow num-buffers=4 ! video/x-raw,width=32,height=32,"
                        + "framerate=25/1 ! timecodestamper ! midframe name=m scene-change=off ! fakesink")) {
            running.element("m")
                    .onBuffers("src", buffer -> carried.add(metas.gst_buffer_get_meta(buffer, timeCode) != 0));
            running.play();
            running.awaitEnd();
        }

        assertThat(carried).hasSize(7).containsOnly(true);
    }

    /** A caption is a piece of text that is sent once: a second one would be read twice. */
    @ParameterizedTest
    @ValueSource(strings = {"snow", "smpte"})
    void captionsLeaveOnceAsTheyCame(String pattern) {
        MidframeElement.register(AveragingInterpolator::new, FrameObserver.NONE);
        long captions = metas.gst_video_caption_meta_api_get_type();
        List<Boolean> carried = Collections.synchronizedList(new ArrayList<>());
        try (Arena arena = Arena.ofShared();
                TestPipeline running =
                        new TestPipeline("videotestsrc pattern=" + pattern + " num-buffers=3 ! video/x-raw,width=32,"
                                + "height=32,framerate=25/1 ! midframe name=m scene-change=off ! fakesink")) {
            long text = arena.allocateFrom("abc").address();
            running.element("m")
                    .onBuffers("sink", buffer -> metas.gst_buffer_add_video_caption_meta(buffer, 1, text, 3));
            running.element("m")
                    .onBuffers("src", buffer -> carried.add(metas.gst_buffer_get_meta(buffer, captions) != 0));
            running.play();
            running.awaitEnd();
        }

        assertThat(carried).containsExactly(true, false, true, false, true);
    }

    @Test
    void tellsWhatIsBehindHowThePictureIsTurned() {
        MidframeElement.register(AveragingInterpolator::new, FrameObserver.NONE);
        List<String> orientations = Collections.synchronizedList(new ArrayList<>());
        try (TestPipeline running =
                new TestPipeline("videotestsrc num-buffers=2 ! video/x-raw,width=32,height=32,framerate=25/1 ! "
                        + "taginject tags=\"image-orientation=rotate-90\" ! midframe ! fakesink name=behind")) {
            running.onMessage(message -> {
                if (message.type() == Message.TAG && message.sourceName().equals(Optional.of("behind"))) {
                    orientations.add(Memory.text(
                            metas.gst_structure_to_string(metas.gst_message_get_structure(message.address()))));
                }
            });
            running.play();
            running.awaitEnd();
        }

        assertThat(orientations).anyMatch(tags -> tags.contains("rotate-90"));
    }
}
