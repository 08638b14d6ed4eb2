package dev.midframe.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.film.model.FilmModels;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A subtitle on a dark box over a background that moves by. Left out are the box's corners, since two frames alone do not
 * know whether something comes from one side of a corner and goes to the other ({@code overlay} does, with more), and one row
 * of pixels where an edge runs through squares of four, which are still or not as a whole.
 */
class StillTextTest {

    private static final int WIDTH = 192;
    private static final int HEIGHT = 128;
    private static final int CORNER = 4;
    private static final int LEFT = 40;
    private static final int TOP = 84;
    private static final int RIGHT = 152;
    private static final int BOTTOM = 112;
    private static final int LARGEST_CHANGE = 2;

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void textDoesNotShakeWhileTheBackgroundMoves(int offset) {
        FrameFormat format = new FrameFormat(PixelFormat.I420, WIDTH, HEIGHT, Colorimetry.BT601_LIMITED);
        var engine = new OnnxInterpolatorFactory(FilmModels.ofUser(Map.of()));
        try (Arena arena = Arena.ofConfined();
                FrameInterpolator film = engine.open(new EngineRequest(format, "auto", Backend.CPU, 1, 2, 0))) {
            VideoFrame first = frame(format, arena, offset, 0);
            VideoFrame second = frame(format, arena, offset, 6);
            VideoFrame made = VideoFrame.allocate(format, arena);
            film.advance(first);
            film.advance(second);
            try (GeneratedFrames frames = film.interpolate(0.5)) {
                frames.copyTo(0, made);
            }

            int changed = 0;
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    int change = Math.abs(luma(made, x, y) - luma(first, x, y));
                    if (isText(x - offset, y - offset, offset)) {
                        assertThat(change).as("text at %d,%d", x, y).isLessThanOrEqualTo(LARGEST_CHANGE);
                    } else if (change > LARGEST_CHANGE) {
                        changed++;
                    }
                }
            }
            assertThat(changed).as("pixels of the background that moved").isGreaterThan(WIDTH * HEIGHT / 4);
        }
    }

    private static boolean isText(int x, int y, int rim) {
        int fromSide = Math.min(x - LEFT, RIGHT - 1 - x);
        int fromTop = Math.min(y - TOP, BOTTOM - 1 - y);
        return Math.min(fromSide, fromTop) >= rim && Math.max(fromSide, fromTop) >= CORNER;
    }

    private static int luma(VideoFrame frame, int x, int y) {
        VideoFrame.Plane plane = frame.planes().getFirst();
        return plane.data().get(ValueLayout.JAVA_BYTE, (long) y * plane.stride() + x) & 0xff;
    }

    private static VideoFrame frame(FrameFormat format, Arena arena, int offset, int moved) {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = picture.createGraphics();
        for (int y = 0; y < HEIGHT; y += 8) {
            for (int x = -16; x < WIDTH; x += 8) {
                int value = 60 + Math.floorMod(x * 37 + y * 101, 130);
                graphics.setColor(new Color(value, value, value));
                graphics.fillRect(x + moved, y, 8, 8);
            }
        }
        graphics.translate(offset, offset);
        graphics.setColor(Color.DARK_GRAY);
        graphics.fillRect(LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP);
        graphics.setColor(Color.WHITE);
        for (int letter = LEFT + 6; letter < RIGHT - 8; letter += 10) {
            graphics.drawOval(letter, TOP + 6, 6, 14);
            graphics.drawLine(letter, TOP + 20, letter + 6, TOP + 8);
        }
        graphics.dispose();
        VideoFrame frame = VideoFrame.allocate(format, arena);
        frame.planes().forEach(plane -> plane.data().fill((byte) 128));
        VideoFrame.Plane plane = frame.planes().getFirst();
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                plane.data().set(ValueLayout.JAVA_BYTE, (long) y * plane.stride() + x, (byte)
                        picture.getRaster().getSample(x, y, 0));
            }
        }
        return frame;
    }
}
