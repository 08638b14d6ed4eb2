package dev.midframe.element;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.film.model.FilmModels;
import dev.midframe.interpolation.FrameObserver;
import dev.midframe.onnx.OnnxInterpolatorFactory;
import dev.midframe.testkit.AveragingInterpolator;
import dev.midframe.testkit.ReceivedFrame;
import dev.midframe.testkit.TestPipeline;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The element with FILM itself, on the CPU. */
class FilmInPipelineTest {

    private static final String SOURCE = "videotestsrc pattern=ball num-buffers=4 ! "
            + "video/x-raw,format=NV12,width=128,height=96,framerate=25/1 ! ";

    @Test
    void makesFramesThatAreNeitherRealNorMixed() {
        MidframeElement.register(AveragingInterpolator::new, FrameObserver.NONE);
        List<ReceivedFrame> mixed = TestPipeline.toTheEnd(SOURCE + "midframe ! appsink name=sink");

        MidframeElement.register(new OnnxInterpolatorFactory(FilmModels.ofUser(Map.of())), FrameObserver.NONE);
        List<ReceivedFrame> frames = TestPipeline.toTheEnd(SOURCE + "midframe backend=cpu depth=2 ! appsink name=sink");

        assertThat(frames)
                .extracting(ReceivedFrame::pts)
                .isEqualTo(mixed.stream().map(ReceivedFrame::pts).toList());
        for (int i = 0; i < frames.size(); i++) {
            boolean real = i % 2 == 0;
            assertThat(frames.get(i).checksum() == mixed.get(i).checksum()).isEqualTo(real);
        }
        assertThat(frames).extracting(ReceivedFrame::checksum).doesNotHaveDuplicates();
    }
}
