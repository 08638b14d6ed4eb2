package dev.midframe.quality.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.midframe.quality.FrameSequence;
import dev.midframe.quality.material.Sequence;
import dev.midframe.quality.material.Triplet;
import dev.midframe.quality.material.TripletReader;
import dev.midframe.quality.metric.Channels;
import dev.midframe.quality.metric.Psnr;
import dev.midframe.testkit.Pictures;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class MinterpolateTest {

    private static final int WIDTH = 160;
    private static final int HEIGHT = 96;
    private static final int SPEED = 2;

    /** A pan: the frame meant lies 2 pixels from its neighbours, so a shift by one frame would show. */
    @ParameterizedTest
    @EnumSource(
            value = PixelFormat.class,
            names = {"I420", "RGB"},
            mode = Mode.INCLUDE)
    void everyGeneratedFrameIsTheOneBetweenItsNeighbours(PixelFormat layout) {
        Minterpolate minterpolate = Minterpolate.installed().orElse(null);
        assumeTrue(minterpolate != null, "ffmpeg is not installed: nothing to compare with");
        FrameFormat format =
                new FrameFormat(layout, WIDTH, HEIGHT, Pictures.rgb(1, 1).colorimetry());
        Sequence pan = FrameSequence.of("pan", 13, position -> pan(format, position));

        try (minterpolate;
                TripletReader triplets = pan.open()) {
            minterpolate.start(pan);
            VideoFrame target = Pictures.frame(format, new byte[(int) format.packedBytes()]);
            int compared = 0;
            for (Triplet triplet = triplets.next(); triplet != null; triplet = triplets.next(), compared++) {
                minterpolate.between(triplet, target);
                double right = psnr(target, triplet.real());
                assertThat(right)
                        .as("picture %d", triplet.index())
                        .isGreaterThan(30)
                        .isGreaterThan(psnr(target, triplet.first()) + 5)
                        .isGreaterThan(psnr(target, triplet.second()) + 5);
            }
            assertThat(compared).isEqualTo(6);
        }
    }

    @Test
    void closingInTheMiddleOfASequenceEnds() {
        Minterpolate minterpolate = Minterpolate.installed().orElse(null);
        assumeTrue(minterpolate != null, "ffmpeg is not installed: nothing to close");
        Sequence pan = FrameSequence.of("pan", 401, position -> pan(Pictures.rgb(WIDTH, HEIGHT), position));

        try (TripletReader triplets = pan.open()) {
            minterpolate.start(pan);
            minterpolate.skip(triplets.next());
        }

        assertTimeoutPreemptively(Duration.ofMinutes(1), minterpolate::close);
    }

    private static double psnr(VideoFrame a, VideoFrame b) {
        return Psnr.of(Channels.of(a).luma(), Channels.of(b).luma());
    }

    private static VideoFrame pan(FrameFormat format, int position) {
        byte[] grey = Pictures.texture(WIDTH, HEIGHT, SPEED * position, 0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (format.pixelFormat() == PixelFormat.RGB) {
            for (byte sample : grey) {
                bytes.writeBytes(new byte[] {sample, sample, sample});
            }
        } else {
            bytes.writeBytes(grey);
            bytes.writeBytes(Pictures.grey(WIDTH * HEIGHT / 2));
        }
        return Pictures.frame(format, bytes.toByteArray());
    }
}
