package dev.midframe.engine.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.film.model.FilmModels;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.onnx.OnnxInterpolatorFactory;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Letters without a box, in strokes of three pixels, over a background that moves by, with FILM on the CPU. */
class OverlayInterpolatorTest {

    private static final int WIDTH = 192;
    private static final int HEIGHT = 128;
    private static final int MOTION = 6;
    private static final int LARGEST_CHANGE = 2;

    @Test
    void lettersStandStillFromTheFourthPairOn() {
        FrameFormat format = new FrameFormat(PixelFormat.I420, WIDTH, HEIGHT, Colorimetry.BT601_LIMITED);
        try (Arena arena = Arena.ofConfined();
                FrameInterpolator film =
                        new OverlayInterpolator(new OnnxInterpolatorFactory(FilmModels.ofUser(Map.of()))
                                .open(new EngineRequest(format, "auto", Backend.CPU, 1, 2, 0)))) {
            VideoFrame real = VideoFrame.allocate(format, arena);
            VideoFrame made = VideoFrame.allocate(format, arena);
            film.advance(draw(real, 0));
            for (int pair = 1; pair <= 5; pair++) {
                film.advance(draw(real, pair * MOTION));
                try (GeneratedFrames frames = film.interpolate(0.5)) {
                    frames.copyTo(0, made);
                }
                int shaking = lettersThatChanged(made);
                if (pair == 1) {
                    assertThat(shaking)
                            .as("two frames alone do not show letters")
                            .isPositive();
                } else if (pair >= OverlayDetector.FRAMES) {
                    assertThat(shaking)
                            .as("pixels of letters that changed in pair %d", pair)
                            .isZero();
                }
            }
            assertThat(changed(made, real))
                    .as("pixels of the background that moved")
                    .isGreaterThan(WIDTH * HEIGHT / 4);
        }
    }

    private static int lettersThatChanged(VideoFrame frame) {
        int count = 0;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                if (isLetter(x, y) && Math.abs(luma(frame, x, y) - 235) > LARGEST_CHANGE) {
                    count++;
                }
            }
        }
        return count;
    }

    private static int changed(VideoFrame frame, VideoFrame real) {
        int count = 0;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                if (Math.abs(luma(frame, x, y) - luma(real, x, y)) > LARGEST_CHANGE) {
                    count++;
                }
            }
        }
        return count;
    }

    private static int luma(VideoFrame frame, int x, int y) {
        VideoFrame.Plane plane = frame.planes().getFirst();
        return plane.data().get(ValueLayout.JAVA_BYTE, (long) y * plane.stride() + x) & 0xff;
    }

    /** Squares of chance brightness, moved to the right, and letters over them. */
    private static VideoFrame draw(VideoFrame frame, int moved) {
        frame.planes().forEach(plane -> plane.data().fill((byte) 128));
        VideoFrame.Plane plane = frame.planes().getFirst();
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int column = Math.floorDiv(x - moved, 8);
                int square = 40 + Math.floorMod(column * column * 37 + y / 8 * 101 + column * 53, 140);
                plane.data().set(ValueLayout.JAVA_BYTE, (long) y * plane.stride() + x, (byte)
                        (isLetter(x, y) ? 235 : square));
            }
        }
        return frame;
    }

    /** A row of letters H, 12 wide and 18 high. */
    private static boolean isLetter(int x, int y) {
        if (x < 30 || x >= 160 || y < 85 || y >= 103) {
            return false;
        }
        int at = (x - 30) % 16;
        return at < 3 || at >= 9 && at < 12 || at < 12 && y >= 92 && y < 95;
    }
}
