package dev.midframe.element;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.freedesktop.gstreamer.Gst;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MidframeElementTest {

    private static final String SOURCE = "videotestsrc num-buffers=10 pattern=ball ! "
            + "video/x-raw,format=I420,width=64,height=48,framerate=25/1 ! ";
    private static final long FRAME = 40_000_000;

    @BeforeAll
    static void register() {
        Gst.init();
        MidframeElement.register(AveragingInterpolator::new, FrameObserver.NONE);
    }

    @Test
    void doublesTheFramesButForTheLast() {
        List<Seen> frames = Running.toTheEnd(SOURCE + "midframe ! appsink name=sink");

        assertThat(frames).hasSize(19);
        assertThat(frames)
                .extracting(Seen::pts)
                .isEqualTo(LongStream.range(0, 19).mapToObj(i -> i * FRAME / 2).toList());
        assertThat(frames.subList(0, 18)).allMatch(frame -> frame.duration() == FRAME / 2);
        assertThat(frames.getLast().duration()).isEqualTo(FRAME);
        assertThat(frames.getFirst().caps()).contains("framerate=(fraction)50/1");
    }

    @Test
    void passesRealFramesBitExact() {
        List<Seen> real = Running.toTheEnd(SOURCE + "appsink name=sink");

        List<Seen> frames = Running.toTheEnd(SOURCE + "midframe ! appsink name=sink");

        for (int i = 0; i < real.size(); i++) {
            assertThat(frames.get(2 * i).checksum()).isEqualTo(real.get(i).checksum());
        }
        assertThat(frames.get(1).checksum())
                .isNotIn(real.get(0).checksum(), real.get(1).checksum());
    }
}
