package dev.midframe.onnx.kernels.blending;

import dev.midframe.onnx.kernels.FloatTensor;
import dev.midframe.onnx.kernels.Lanes;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Vectors of the warped pictures that nothing of the frame comes from: the frame is still there, and as far around as the blend
 * head's layers look. They need no sampling.
 */
final class UnseenVectors {

    private static final int LANES = Lanes.FLOATS.length();

    private final FloatTensor moving;
    private final int reach;
    private final int width;
    private final float[] line;
    private final float[] most;

    /**
     * @param moving the mask, [1,1,h,w] at half the picture's size
     * @param reach positions that the layers look in each direction
     */
    UnseenVectors(FloatTensor moving, int reach) {
        this.moving = moving;
        this.reach = reach;
        this.width = moving.width();
        this.line = new float[Lanes.whole(width)];
        this.most = new float[line.length];
    }

    /** Looks at a row of the mask and its neighbours. */
    void look(int y) {
        Arrays.fill(most, 0);
        for (int row = Math.max(y - reach, 0); row <= Math.min(y + reach, moving.height() - 1); row++) {
            moving.read((long) row * width, line, 0, width);
            for (int x = 0; x < most.length; x += LANES) {
                FloatVector other = FloatVector.fromArray(Lanes.FLOATS, line, x);
                FloatVector.fromArray(Lanes.FLOATS, most, x).max(other).intoArray(most, x);
            }
        }
    }

    /**
     * Says which vectors of that row are unseen.
     *
     * @param factor by which the picture's plane is wider than the mask
     * @param unseen an element for each whole vector
     * @return whether all are
     */
    boolean find(int factor, boolean[] unseen) {
        int positions = LANES / factor;
        boolean all = unseen.length * positions == width;
        for (int vector = 0; vector < unseen.length; vector++) {
            unseen[vector] = isStill(vector * positions - reach, (vector + 1) * positions + reach);
            all &= unseen[vector];
        }
        return all;
    }

    private boolean isStill(int from, int to) {
        for (int x = Math.max(from, 0); x < Math.min(to, width); x++) {
            if (most[x] != 0) {
                return false;
            }
        }
        return true;
    }
}
