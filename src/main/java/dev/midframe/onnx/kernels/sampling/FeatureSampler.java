package dev.midframe.onnx.kernels.sampling;

import dev.midframe.onnx.kernels.FloatTensor;
import dev.midframe.onnx.kernels.Lanes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Bilinear sampling of features in NCHWc or int8, clamped to the border, a row at a time: what is at one position lies side by side,
 * so every position is a few vectors of channels, wherever the flow leads.
 */
public final class FeatureSampler {

    private static final FloatVector COUNT = FloatVector.zero(Lanes.FLOATS).addIndex(1);
    private static final IntVector NONE = IntVector.zero(Lanes.INTS);
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

    public FeatureSampler(int width, int height, int block) {
        this.width = width;
        this.height = height;
        this.block = block;
        int stored = Lanes.whole(width);
        this.flowX = new float[stored];
        this.flowY = new float[stored];
        this.upperLeft = new int[stored];
        this.right = new int[stored];
        this.down = new int[stored];
        this.shareRight = new float[stored];
        this.shareDown = new float[stored];
    }

    /**
     * Finds a row's positions.
     *
     * @param flow [N,2,height,width], NCHW
     */
    public void locate(FloatTensor flow, int image, int y) {
        long row = 2L * image * flow.plane() + (long) y * width;
        flow.read(row, flowX, 0, width);
        flow.read(row + flow.plane(), flowY, 0, width);
        for (int x = 0; x < upperLeft.length; x += Lanes.FLOATS.length()) {
            FloatVector toX =
                    FloatVector.fromArray(Lanes.FLOATS, flowX, x).add(x).add(COUNT);
            FloatVector toY = FloatVector.fromArray(Lanes.FLOATS, flowY, x).add(y);
            toX = toX.max(0).min(width - 1);
            toY = toY.max(0).min(height - 1);
            // NaN becomes position 0: whatever the network says, nothing outside the features is read.
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
    public void sample(MemorySegment from, long start, MemorySegment to, long target) {
        int step = block * Float.BYTES;
        for (int x = 0; x < width; x++) {
            long upper = start + (long) upperLeft[x] * step;
            long lower = upper + (long) down[x] * step;
            long aside = (long) right[x] * step;
            FloatVector towardsRight = FloatVector.broadcast(Lanes.FLOATS, shareRight[x]);
            FloatVector towardsDown = FloatVector.broadcast(Lanes.FLOATS, shareDown[x]);
            for (int lane = 0; lane < step; lane += Lanes.FLOATS.vectorByteSize()) {
                FloatVector above = between(load(from, upper + lane), load(from, upper + aside + lane), towardsRight);
                FloatVector below = between(load(from, lower + lane), load(from, lower + aside + lane), towardsRight);
                between(above, below, towardsDown).intoMemorySegment(to, target + (long) x * step + lane, ORDER);
            }
        }
    }

    /**
     * Samples int8 features (then a block is all channels of a position): value * ratio + offset, rounded.
     *
     * @param start where the row to be written begins, and step from one position to the next
     */
    public void sampleInt8(MemorySegment from, MemorySegment to, long start, long step, float ratio, float offset) {
        FloatVector ratios = FloatVector.broadcast(Lanes.FLOATS, ratio);
        FloatVector offsets = FloatVector.broadcast(Lanes.FLOATS, offset + 0.5f);
        for (int x = 0; x < width; x++) {
            long upper = (long) upperLeft[x] * block;
            long lower = upper + (long) down[x] * block;
            long aside = (long) right[x] * block;
            FloatVector towardsRight = FloatVector.broadcast(Lanes.FLOATS, shareRight[x]);
            FloatVector towardsDown = FloatVector.broadcast(Lanes.FLOATS, shareDown[x]);
            for (int lane = 0; lane < block; lane += Lanes.FLOATS.length()) {
                FloatVector above =
                        between(loadInt8(from, upper + lane), loadInt8(from, upper + aside + lane), towardsRight);
                FloatVector below =
                        between(loadInt8(from, lower + lane), loadInt8(from, lower + aside + lane), towardsRight);
                between(above, below, towardsDown)
                        .fma(ratios, offsets)
                        .convert(VectorOperators.F2I, 0)
                        .convertShape(VectorOperators.I2B, Lanes.BYTES, 0)
                        .intoMemorySegment(to, start + x * step + lane, ORDER);
            }
        }
    }

    private static FloatVector between(FloatVector from, FloatVector to, FloatVector share) {
        return to.sub(from).fma(share, from);
    }

    private static FloatVector loadInt8(MemorySegment from, long index) {
        return (FloatVector) ByteVector.fromMemorySegment(Lanes.BYTES, from, index, ORDER)
                .convertShape(VectorOperators.ZERO_EXTEND_B2I, Lanes.INTS, 0)
                .convert(VectorOperators.I2F, 0);
    }

    private static FloatVector load(MemorySegment from, long index) {
        return FloatVector.fromMemorySegment(Lanes.FLOATS, from, index, ORDER);
    }
}
