package dev.midframe.engine.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.RowBands;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A still square in noise, at an odd position in a frame of odd size. */
class OverlayDetectorTest {

    private static final int WIDTH = 37;
    private static final int HEIGHT = 29;
    private static final int LEFT = 13;
    private static final int TOP = 21;
    private static final int SIDE = 7;

    private final Random random = new Random(6);

    @ParameterizedTest
    @EnumSource
    void findsAllOfTheSquareAndNothingElseInEveryFormat(PixelFormat pixels) {
        FrameFormat format = new FrameFormat(pixels, WIDTH, HEIGHT, Colorimetry.BT601_LIMITED);
        findsAllOfTheSquareAndNothingElse(format, new OverlayDetector(format));
    }

    /** The frame has four rows of blocks, and the square lies in two of them. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void findsTheSameInBandsSideBySide(int bands) {
        for (PixelFormat pixels : PixelFormat.values()) {
            FrameFormat format = new FrameFormat(pixels, WIDTH, HEIGHT, Colorimetry.BT601_LIMITED);
            findsAllOfTheSquareAndNothingElse(format, new OverlayDetector(format, RowBands.of(4, bands)));
        }
    }

    private void findsAllOfTheSquareAndNothingElse(FrameFormat format, OverlayDetector detector) {
        PixelFormat pixels = format.pixelFormat();
        try (Arena arena = Arena.ofConfined()) {
            VideoFrame frame = VideoFrame.allocate(format, arena);
            for (int count = 0; count < OverlayDetector.FRAMES; count++) {
                assertThat(detector.next(noise(frame)))
                        .as("after %d frames", count + 1)
                        .isFalse();
            }
            assertThat(detector.next(noise(frame))).isTrue();

            VideoFrame target = VideoFrame.allocate(format, arena);
            detector.overlay().takenFrom(frame).accept(target);
            for (int plane = 0; plane < pixels.planes(); plane++) {
                assertThat(written(target, plane))
                        .as("bytes of plane %d", plane)
                        .isEqualTo(expected(pixels, plane));
            }
        }
    }

    @Test
    void findsNothingWhereNothingMoves() {
        FrameFormat format = new FrameFormat(PixelFormat.I420, WIDTH, HEIGHT, Colorimetry.BT601_LIMITED);
        OverlayDetector detector = new OverlayDetector(format);
        try (Arena arena = Arena.ofConfined()) {
            VideoFrame frame = noise(VideoFrame.allocate(format, arena));
            for (int count = 0; count < 10; count++) {
                assertThat(detector.next(frame)).isFalse();
            }
        }
    }

    @Test
    void forgetsTheOverlayWhenItGoes() {
        FrameFormat format = new FrameFormat(PixelFormat.NV12, WIDTH, HEIGHT, Colorimetry.BT601_LIMITED);
        OverlayDetector detector = new OverlayDetector(format);
        try (Arena arena = Arena.ofConfined()) {
            VideoFrame frame = VideoFrame.allocate(format, arena);
            for (int count = 0; count < 10; count++) {
                detector.next(noise(frame));
            }
            noise(frame);
            frame.planes().getFirst().data().fill((byte) 0);
            assertThat(detector.next(frame)).as("when the square has gone").isFalse();
        }
    }

    @Test
    void dependsOnNothingThatHappenedBeforeItsMemory() {
        FrameFormat format = new FrameFormat(PixelFormat.I420, 64, 48, Colorimetry.BT601_LIMITED);
        int last = 300;
        try (Arena arena = Arena.ofConfined()) {
            List<VideoFrame> frames = new ArrayList<>();
            VideoFrame before = VideoFrame.allocate(format, arena);
            for (int i = 0; i <= last; i++) {
                VideoFrame frame = VideoFrame.allocate(format, arena);
                frame.copyFrom(before);
                MemorySegment luma = frame.planes().getFirst().data();
                // Rarely something moves, in a part of the frame: some letters are remembered for long, others not.
                if (random.nextInt(14) == 0) {
                    long from = random.nextLong(luma.byteSize());
                    for (long at = from; at < Math.min(luma.byteSize(), from + 900); at++) {
                        luma.set(ValueLayout.JAVA_BYTE, at, (byte) random.nextInt(256));
                    }
                }
                frames.add(frame);
                before = frame;
            }
            int found = 0;
            OverlayDetector whole = new OverlayDetector(format);
            for (int end = 0; end <= last; end++) {
                boolean overlay = whole.next(frames.get(end));
                found += overlay ? 1 : 0;
                OverlayDetector part = new OverlayDetector(format);
                boolean partial = false;
                for (int i = Math.max(0, end - FrameInterpolator.MEMORY_FRAMES); i <= end; i++) {
                    partial = part.next(frames.get(i));
                }
                assertThat(partial).as("frame %d", end).isEqualTo(overlay);
                assertThat(bytes(part, frames.get(end), arena)).isEqualTo(bytes(whole, frames.get(end), arena));
            }
            assertThat(found).as("frames with an overlay").isBetween(50, last - 50);
        }
    }

    private static byte[] bytes(OverlayDetector detector, VideoFrame frame, Arena arena) {
        VideoFrame target = VideoFrame.allocate(frame.format(), arena);
        detector.overlay().takenFrom(frame).accept(target);
        return target.planes().getFirst().data().toArray(ValueLayout.JAVA_BYTE);
    }

    /** Writes noise whose bytes differ by 64 at least from the square's 200. */
    private VideoFrame noise(VideoFrame frame) {
        for (int plane = 0; plane < frame.planes().size(); plane++) {
            MemorySegment data = frame.planes().get(plane).data();
            int stride = frame.planes().get(plane).stride();
            for (long at = 0; at < data.byteSize(); at++) {
                boolean inside =
                        isInside(frame.format().pixelFormat(), plane, (int) (at % stride), (int) (at / stride));
                data.set(ValueLayout.JAVA_BYTE, at, (byte) (inside ? 200 : random.nextInt(136)));
            }
        }
        return frame;
    }

    private static boolean isInside(PixelFormat pixels, int plane, int offset, int row) {
        int x = offset / (pixels.samplesPerPosition(plane) * pixels.bytesPerSample());
        int shiftX = plane == 0 ? 0 : pixels.chromaShiftX();
        int shiftY = plane == 0 ? 0 : pixels.chromaShiftY();
        return covered(x, shiftX, LEFT) && covered(row, shiftY, TOP);
    }

    /** Whether all pixels of a sample lie in the square. */
    private static boolean covered(int at, int shift, int from) {
        return at << shift >= from && (at + 1 << shift) <= from + SIDE;
    }

    private static long written(VideoFrame frame, int plane) {
        return frame.planes()
                .get(plane)
                .data()
                .elements(ValueLayout.JAVA_BYTE)
                .filter(sample -> (sample.get(ValueLayout.JAVA_BYTE, 0) & 0xff) == 200)
                .count();
    }

    private static long expected(PixelFormat pixels, int plane) {
        int width = SIDE >> (plane == 0 ? 0 : pixels.chromaShiftX());
        int height = SIDE >> (plane == 0 ? 0 : pixels.chromaShiftY());
        return (long) width * height * pixels.samplesPerPosition(plane) * pixels.bytesPerSample();
    }
}
