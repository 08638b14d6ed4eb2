package dev.midframe.element;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.interpolation.FrameKind;
import dev.midframe.testkit.AveragingInterpolator;
import dev.midframe.testkit.ReceivedFrame;
import dev.midframe.testkit.TestPipeline;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pictures show decides what is shown between them. */
class ContentTest {

    private static final String CAPS = "video/x-raw,format=I420,width=160,height=120,framerate=25/1";
    private static final List<FrameKind> OBSERVED = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void register() {
        MidframeElement.register(AveragingInterpolator::new, (element, pts, kind, nanos) -> OBSERVED.add(kind));
    }

    @BeforeEach
    void start() {
        OBSERVED.clear();
    }

    /** Two scenes in one segment. */
    private static String scenes(String properties) {
        return "videomixer name=mix sink_1::zorder=2 ! " + CAPS + " ! midframe " + properties
                + " ! appsink name=sink "
                + "videotestsrc pattern=smpte75 num-buffers=6 ! " + CAPS + " ! mix.sink_0 "
                + "videotestsrc pattern=checkers-8 num-buffers=3 timestamp-offset=120000000 ! " + CAPS
                + " ! mix.sink_1";
    }

    @Test
    void showsTheLastFrameOfASceneAgain() {
        List<ReceivedFrame> frames = TestPipeline.toTheEnd(scenes(""));

        assertThat(frames).hasSize(11);
        assertThat(frames.get(5).checksum()).isEqualTo(frames.get(4).checksum());
        assertThat(frames.get(6).checksum()).isNotEqualTo(frames.get(4).checksum());
        assertThat(OBSERVED).doesNotContain(FrameKind.BLENDED);
    }

    @Test
    void takesForACutWhatIsAsDifferentAsAsked() {
        TestPipeline.toTheEnd(scenes("scene-threshold=1"));

        assertThat(OBSERVED.get(5)).isEqualTo(FrameKind.GENERATED);
    }

    @Test
    void mixesAcrossACutOnDemand() {
        List<ReceivedFrame> frames = TestPipeline.toTheEnd(scenes("scene-change=blend"));

        assertThat(OBSERVED.get(5)).isEqualTo(FrameKind.BLENDED);
        assertThat(frames.get(5).checksum())
                .isNotEqualTo(frames.get(4).checksum())
                .isNotEqualTo(frames.get(6).checksum());
    }

    @Test
    void aMaskHoldsInAMixToo(@TempDir Path folder) throws IOException {
        List<ReceivedFrame> frames = TestPipeline.toTheEnd(scenes("scene-change=blend"));
        BufferedImage everything = new BufferedImage(160, 120, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D paint = everything.createGraphics();
        paint.setColor(Color.WHITE);
        paint.fillRect(0, 0, 160, 120);
        paint.dispose();
        Path mask = folder.resolve("mask.png");
        ImageIO.write(everything, "png", mask.toFile());
        List<ReceivedFrame> masked = TestPipeline.toTheEnd(scenes("scene-change=blend mask=" + mask));

        assertThat(masked.get(4).checksum()).isEqualTo(frames.get(4).checksum());
        assertThat(masked.get(5).checksum())
                .as("the nearer real frame, which is the later one in the middle")
                .isEqualTo(masked.get(6).checksum());
    }

    @Test
    void interpolatesAcrossACutOnDemand() {
        TestPipeline.toTheEnd(scenes("scene-change=off"));

        assertThat(OBSERVED.get(5)).isEqualTo(FrameKind.GENERATED);
    }

    @Test
    void computesNothingBetweenAFrameAndItsRepeat() {
        List<ReceivedFrame> frames = TestPipeline.toTheEnd(
                "videotestsrc pattern=smpte75 num-buffers=4 ! " + CAPS + " ! midframe ! appsink name=sink");

        assertThat(frames)
                .hasSize(7)
                .extracting(ReceivedFrame::checksum)
                .containsOnly(frames.getFirst().checksum());
        assertThat(OBSERVED).containsOnly(FrameKind.REAL);
    }

    @Test
    void showsTheNearerRealFrameWhereTheMaskIsBright(@TempDir Path folder) throws IOException {
        BufferedImage picture = new BufferedImage(160, 120, BufferedImage.TYPE_INT_RGB);
        picture.getGraphics().fillRect(0, 0, 160, 120);
        Path all = folder.resolve("all.png");
        ImageIO.write(picture, "png", all.toFile());
        String source = "videotestsrc pattern=snow num-buffers=2 ! " + CAPS + " ! midframe factor=4 scene-change=off ";

        List<ReceivedFrame> frames = TestPipeline.toTheEnd(source + "mask=" + all + " ! appsink name=sink");

        assertThat(frames)
                .extracting(ReceivedFrame::checksum)
                .containsExactly(
                        frames.get(0).checksum(),
                        frames.get(0).checksum(),
                        frames.get(4).checksum(),
                        frames.get(4).checksum(),
                        frames.get(4).checksum());
        assertThat(OBSERVED)
                .containsExactly(
                        FrameKind.REAL, FrameKind.GENERATED, FrameKind.GENERATED, FrameKind.GENERATED, FrameKind.REAL);
    }

    @Test
    void refusesAMaskOfAnotherSize(@TempDir Path folder) throws IOException {
        Path small = folder.resolve("small.png");
        ImageIO.write(new BufferedImage(16, 12, BufferedImage.TYPE_INT_RGB), "png", small.toFile());

        assertThat(TestPipeline.toTheError("videotestsrc ! " + CAPS + " ! midframe mask=" + small + " ! fakesink"))
                .isEqualTo("mask=" + small + " is 16x12, the video 160x120: draw it at the video's size");
    }

    @Test
    void bridgesFramesOnTwos() {
        String twos =
                "videotestsrc pattern=ball num-buffers=6 ! video/x-raw,format=I420,width=160,height=120,framerate=25/2 "
                        + "! videorate ! " + CAPS + " ! midframe ";

        TestPipeline.toTheEnd(twos + "duplicates=keep ! appsink name=sink");
        long kept =
                OBSERVED.stream().filter(kind -> kind == FrameKind.GENERATED).count();
        OBSERVED.clear();
        TestPipeline.toTheEnd(twos + "duplicates=bridge ! appsink name=sink");

        assertThat(kept).isEqualTo(5);
        assertThat(OBSERVED.stream().filter(kind -> kind == FrameKind.GENERATED))
                .hasSize(15);
    }
}
