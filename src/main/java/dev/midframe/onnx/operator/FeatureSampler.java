package dev.midframe.onnx.operator;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Bilinear sampling of features in blocks, clamped to the border, a row at a time: what is at one position lies side by side,
 * so every position is a few vectors of channels, wherever the flow leads.
 */
final class FeatureSampler {

    /** A constant, or else no vector instructions come of it. */
    static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;

    private static final FloatVector COUNT = FloatVector.zero(LANES).addIndex(1);
    private static final IntVector NONE = IntVector.zero(LANES.withLanes(int.class));
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
        int stored = Math.ceilDiv(width, LANES.length()) * LANES.length();
        this.flowX = new float[stored];
        this.flowY = new float[stored];
        this.upperLeft = new int[stored];
        this.right = new int[stored];
        this.down = new int[stored];
        this.shareRight = new float[stored];
        this.shareDown = new float[stored];
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
        for (int x = 0; x < upperLeft.length; x += LANES.length()) {
            FloatVector toX = FloatVector.fromArray(LANES, flowX, x).add(x).add(COUNT);
            FloatVector toY = FloatVector.fromArray(LANES, flowY, x).add(y);
            toX = toX.max(0).min(width - 1);
            toY = toY.max(0).min(height - 1);
            // Not-a-number becomes place 0: whatever the network says, nothing outside the features is read.
            IntVector left = (IntVector) toX.convert(VectorOperators.F2I, 0);
            IntVector top = (IntVector) toY.convert(VectorOperators.F2I, 0);
            top.mul(width).add(left).intoArray(upperLeft, x);
            NONE.blend(1, left.lt(width - 1)).intoArray(right, x);
            NONE.blend(width, top.lt(height - 1)).intoArray(down, x);
            toX.sub((FloatVector) left.convert(VectorOperators.I2F, 0)).intoArray(shareRight, x);
            toY.sub((FloatVector) top.convert(VectorOperators.I2F, 0)).intoArray(shareDown, x);
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
