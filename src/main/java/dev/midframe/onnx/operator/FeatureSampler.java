package dev.midframe.onnx.operator;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Bilinear sampling of features in blocks, clamped to the border, a row at a time: what is at one position lies side by side,
 * so every position is a few vectors of channels, wherever the flow leads.
 */
final class FeatureSampler {

    /** A constant, or else no vector instructions come of it. */
    static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private final int width;
    private final int height;
    private final int block;
    private final float[] flowX;
    private final float[] flowY;
    private final int[] upperLeft;
    private final int[] right;
    private final int[] down;
    private final float[] shareRight;
    private final float[] shareDown;

    FeatureSampler(int width, int height, int block) {
        this.width = width;
        this.height = height;
        this.block = block;
        this.flowX = new float[width];
        this.flowY = new float[width];
        this.upperLeft = new int[width];
        this.right = new int[width];
        this.down = new int[width];
        this.shareRight = new float[width];
        this.shareDown = new float[width];
    }

    /**
     * Finds a row's places.
     *
     * @param flow [N,2,height,width], not in blocks
     */
    void locate(FloatTensor flow, int image, int y) {
        long row = 2L * image * flow.plane() + (long) y * width;
        flow.read(row, flowX, 0, width);
        flow.read(row + flow.plane(), flowY, 0, width);
        for (int x = 0; x < width; x++) {
            float toX = Math.min(Math.max(x + flowX[x], 0), width - 1);
            float toY = Math.min(Math.max(y + flowY[x], 0), height - 1);
            // Not-a-number becomes place 0: whatever the network says, nothing outside the features is read.
            int left = (int) toX;
            int top = (int) toY;
            upperLeft[x] = top * width + left;
            right[x] = left < width - 1 ? 1 : 0;
            down[x] = top < height - 1 ? width : 0;
            shareRight[x] = toX - left;
            shareDown[x] = toY - top;
        }
    }

    /** Samples one block of channels, which begins at a byte; so does the row to be written. */
    void sample(MemorySegment from, long start, MemorySegment to, long target) {
        int step = block * Float.BYTES;
        for (int x = 0; x < width; x++) {
            long upper = start + (long) upperLeft[x] * step;
            long lower = upper + (long) down[x] * step;
            long aside = (long) right[x] * step;
            FloatVector towardsRight = FloatVector.broadcast(LANES, shareRight[x]);
            FloatVector towardsDown = FloatVector.broadcast(LANES, shareDown[x]);
            for (int lane = 0; lane < step; lane += LANES.vectorByteSize()) {
                FloatVector a = load(from, upper + lane);
                FloatVector c = load(from, lower + lane);
                FloatVector above = load(from, upper + aside + lane).sub(a).fma(towardsRight, a);
                FloatVector below = load(from, lower + aside + lane).sub(c).fma(towardsRight, c);
                below.sub(above).fma(towardsDown, above).intoMemorySegment(to, target + (long) x * step + lane, ORDER);
            }
        }
    }

    private static FloatVector load(MemorySegment from, long place) {
        return FloatVector.fromMemorySegment(LANES, from, place, ORDER);
    }
}
