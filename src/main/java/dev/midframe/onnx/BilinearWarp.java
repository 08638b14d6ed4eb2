package dev.midframe.onnx;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Backward warping of planes of one size: out(p) = in(p + flow(p)), bilinear, clamped to the border. For one thread.
 *
 * <p>Where flow is smooth, neighbours come from neighbours: such spans are read and blended as vectors.
 */
final class BilinearWarp {

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    /** At most eight lanes: the longer a span, the rarer it is straight. */
    private static final VectorSpecies<Float> SPAN =
            FloatVector.SPECIES_PREFERRED.length() > 8 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_PREFERRED;

    private static final FloatVector LANES = FloatVector.zero(SPAN).addIndex(1);
    private static final IntVector NONE = IntVector.zero(SPAN.withLanes(int.class));
    private static final IntVector WHOLE_LANES = NONE.addIndex(1);
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private final int width;
    private final int height;
    private final int[] upperLeft;
    private final int[] right;
    private final int[] down;
    private final float[] shareRight;
    private final float[] shareDown;
    private final boolean[] straight;

    BilinearWarp(int width, int height) {
        this.width = width;
        this.height = height;
        this.upperLeft = new int[width];
        this.right = new int[width];
        this.down = new int[width];
        this.shareRight = new float[width];
        this.shareDown = new float[width];
        this.straight = new boolean[width / SPAN.length()];
    }

    /**
     * Warps all channels by one flow.
     *
     * @param picture channels x height x width 32-bit numbers
     * @param flow 2 x height x width as {@code rows} enlarges it, x first, in pixels
     * @param warped as the picture; not the same memory
     */
    void run(MemorySegment picture, MemorySegment flow, FlowRows rows, MemorySegment warped, int channels) {
        long plane = (long) width * height;
        for (int y = 0; y < height; y++) {
            rows.read(flow, y);
            locate(rows.x, rows.y, y);
            for (int channel = 0; channel < channels; channel++) {
                row(picture, channel * plane, warped, channel * plane + (long) y * width);
            }
        }
    }

    private void locate(float[] flowX, float[] flowY, int y) {
        for (int span = 0; span < straight.length; span++) {
            straight[span] = locateSpan(flowX, flowY, span * SPAN.length(), y);
        }
        for (int x = straight.length * SPAN.length(); x < width; x++) {
            float toX = Math.min(Math.max(x + flowX[x], 0), width - 1);
            float toY = Math.min(Math.max(y + flowY[x], 0), height - 1);
            // Not-a-number becomes place 0: whatever the network says, nothing outside the picture is read.
            int left = (int) toX;
            int top = (int) toY;
            upperLeft[x] = top * width + left;
            right[x] = left < width - 1 ? 1 : 0;
            down[x] = top < height - 1 ? width : 0;
            shareRight[x] = toX - left;
            shareDown[x] = toY - top;
        }
    }

    /** The same for a span; true when its places lie side by side and none at the right or lower border. */
    private boolean locateSpan(float[] flowX, float[] flowY, int x, int y) {
        FloatVector toX =
                FloatVector.fromArray(SPAN, flowX, x).add(x).add(LANES).max(0).min(width - 1);
        FloatVector toY = FloatVector.fromArray(SPAN, flowY, x).add(y).max(0).min(height - 1);
        IntVector left = (IntVector) toX.convert(VectorOperators.F2I, 0);
        IntVector top = (IntVector) toY.convert(VectorOperators.F2I, 0);
        VectorMask<Integer> hasRight = left.lt(width - 1);
        VectorMask<Integer> hasBelow = top.lt(height - 1);
        IntVector place = top.mul(width).add(left);
        place.intoArray(upperLeft, x);
        NONE.blend(1, hasRight).intoArray(right, x);
        NONE.blend(width, hasBelow).intoArray(down, x);
        toX.sub((FloatVector) left.convert(VectorOperators.I2F, 0)).intoArray(shareRight, x);
        toY.sub((FloatVector) top.convert(VectorOperators.I2F, 0)).intoArray(shareDown, x);
        boolean aligned = place.sub(WHOLE_LANES).eq(upperLeft[x]).allTrue();
        return aligned && hasRight.and(hasBelow).allTrue();
    }

    private void row(MemorySegment picture, long plane, MemorySegment warped, long row) {
        for (int span = 0; span < straight.length; span++) {
            int x = span * SPAN.length();
            if (straight[span]) {
                blendSpan(picture, plane + upperLeft[x], x, warped, row + x);
            } else {
                blendEach(picture, plane, x, x + SPAN.length(), warped, row);
            }
        }
        blendEach(picture, plane, straight.length * SPAN.length(), width, warped, row);
    }

    private void blendSpan(MemorySegment picture, long place, int x, MemorySegment warped, long target) {
        FloatVector a = load(picture, place);
        FloatVector b = load(picture, place + 1);
        FloatVector c = load(picture, place + width);
        FloatVector d = load(picture, place + width + 1);
        FloatVector towardsRight = FloatVector.fromArray(SPAN, shareRight, x);
        FloatVector towardsDown = FloatVector.fromArray(SPAN, shareDown, x);
        FloatVector upper = b.sub(a).mul(towardsRight).add(a);
        FloatVector lower = d.sub(c).mul(towardsRight).add(c);
        lower.sub(upper).mul(towardsDown).add(upper).intoMemorySegment(warped, target * Float.BYTES, ORDER);
    }

    private void blendEach(MemorySegment picture, long plane, int from, int to, MemorySegment warped, long row) {
        for (int x = from; x < to; x++) {
            long place = plane + upperLeft[x];
            float a = picture.getAtIndex(FLOAT, place);
            float b = picture.getAtIndex(FLOAT, place + right[x]);
            float c = picture.getAtIndex(FLOAT, place + down[x]);
            float d = picture.getAtIndex(FLOAT, place + down[x] + right[x]);
            float upper = a + shareRight[x] * (b - a);
            float lower = c + shareRight[x] * (d - c);
            warped.setAtIndex(FLOAT, row + x, upper + shareDown[x] * (lower - upper));
        }
    }

    private static FloatVector load(MemorySegment picture, long place) {
        return FloatVector.fromMemorySegment(SPAN, picture, place * Float.BYTES, ORDER);
    }
}
