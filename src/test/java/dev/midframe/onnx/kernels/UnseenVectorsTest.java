package dev.midframe.onnx.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.onnx.lowering.CustomOp;
import dev.midframe.onnx.lowering.Operands;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pictures of which the left three quarters stand still, though flows are not quite 0 there. */
class UnseenVectorsTest {

    /** Of the motion, a quarter of the picture's. */
    private static final int WIDTH = 64;

    private static final int HEIGHT = 16;
    private static final int FEATURES = 4;
    private static final int REACH = 1;

    /** So far that something moves there wherever one looks from. */
    private static final int EVERYWHERE = 1000;

    private final KernelRun run = new KernelRun();
    private final FloatTensor luma = run.noise(0, 1, 1, 1, 4 * HEIGHT, 4 * WIDTH);
    private final FloatTensor chroma = run.noise(-0.5f, 0.5f, 1, 2, 2 * HEIGHT, 2 * WIDTH);
    private final Operands.Pictures<FloatTensor> pictures = new Operands.Pictures<>(
            luma, chroma, secondLuma(luma, run.noise(0, 1, 1, 1, 4 * HEIGHT, 4 * WIDTH)), chroma);
    private final FloatTensor flow = run.noise(-0.3f, 0.3f, 1, 2, HEIGHT, WIDTH);
    private final FloatTensor decoded = run.noise(-0.1f, 0.1f, 1, 4 * KernelRun.BLOCK, HEIGHT, WIDTH);

    @AfterEach
    void freeMemory() {
        run.close();
    }

    @Test
    void whatTheFrameIsMadeOfIsWarpedAndOnlyThat() {
        Map<Integer, FloatTensor> all = run.outputs(CustomOp.BLEND_HEAD_INPUT, operands(EVERYWHERE));
        Map<Integer, FloatTensor> seen = run.outputs(CustomOp.BLEND_HEAD_INPUT, operands(REACH));

        FloatTensor moving = seen.get(4);
        assertThat(moving.data().mismatch(all.get(4).data())).as("the mask").isEqualTo(-1);
        int leftOut = 0;
        for (int y = 0; y < moving.height(); y++) {
            for (int x = 0; x < moving.width(); x++) {
                if (movesAround(moving, x, y)) {
                    assertThat(luma(seen, x, y)).as("%d,%d", x, y).isEqualTo(luma(all, x, y));
                    assertThat(layers(seen, x, y)).as("%d,%d", x, y).containsExactly(layers(all, x, y));
                } else if (luma(seen, x, y) != luma(all, x, y)) {
                    leftOut++;
                }
            }
        }
        assertThat(leftOut).as("positions left out").isGreaterThan(moving.plane() / 2);
    }

    private static boolean movesAround(FloatTensor moving, int x, int y) {
        for (int row = Math.max(y - REACH, 0); row <= Math.min(y + REACH, moving.height() - 1); row++) {
            for (int column = Math.max(x - REACH, 0); column <= Math.min(x + REACH, moving.width() - 1); column++) {
                if (moving.get((long) row * moving.width() + column) != 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The first picture's warped luma, of the upper left of a position's four pixels. */
    private static float luma(Map<Integer, FloatTensor> outputs, int x, int y) {
        FloatTensor luma = outputs.get(3);
        return luma.get(2L * y * luma.width() + 2L * x);
    }

    /** What the layers see of a position. */
    private static float[] layers(Map<Integer, FloatTensor> outputs, int x, int y) {
        FloatTensor seen = outputs.get(0);
        float[] channels = new float[KernelRun.BLOCK];
        seen.read(((long) y * seen.width() + x) * KernelRun.BLOCK, channels, 0, channels.length);
        return channels;
    }

    private Operands<FloatTensor> operands(int reach) {
        return new Operands.BlendHeadInput<>(pictures, flow, flow, decoded, run.list(FEATURES, 1, reach), null);
    }

    private static FloatTensor secondLuma(FloatTensor first, FloatTensor other) {
        for (int pixel = 0; pixel < first.plane(); pixel++) {
            if (pixel % first.width() < 3 * WIDTH) {
                other.set(pixel, first.get(pixel));
            }
        }
        return other;
    }
}
