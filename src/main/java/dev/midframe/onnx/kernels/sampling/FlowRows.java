package dev.midframe.onnx.kernels.sampling;

import dev.midframe.onnx.kernels.FloatTensor;
import dev.midframe.onnx.kernels.Lanes;
import jdk.incubator.vector.FloatVector;

/** Rows of a flow at a size that is larger by whole factors: bilinear, half-pixel centres, in pixels of that size. */
public final class FlowRows {

    /** The row asked for last: x and y parts. */
    public final float[] x;

    public final float[] y;

    private final FloatTensor flow;
    private final int firstChannel;
    private final int factorX;
    private final int factorY;
    private final Enlargement across;
    private final float[] upper;
    private final float[] lower;

    /**
     * @param flow [1,C,h,w]
     * @param firstChannel of the two that are meant, x and y
     */
    public FlowRows(FloatTensor flow, int firstChannel, int factorX, int factorY) {
        this(flow, firstChannel, factorX, factorY, flow.width() * factorX);
    }

    /** @param stored values that {@link #x} and {@link #y} hold at least; what is not of the row is undefined */
    public FlowRows(FloatTensor flow, int firstChannel, int factorX, int factorY, int stored) {
        this.flow = flow;
        this.firstChannel = firstChannel;
        this.factorX = factorX;
        this.factorY = factorY;
        this.across = new Enlargement(flow.width(), factorX);
        int length = Math.max(stored, Enlargement.length(flow.width(), factorX));
        this.x = new float[length];
        this.y = new float[length];
        this.upper = new float[Enlargement.length(flow.width())];
        this.lower = new float[Enlargement.length(flow.width())];
    }

    /** Computes {@link #x} and {@link #y} of an enlarged row. */
    public void read(int row) {
        enlarge(0, row, x, factorX);
        enlarge(1, row, y, factorY);
    }

    private void enlarge(int channel, int row, float[] target, int factor) {
        int width = flow.width();
        float coordinate = Enlargement.coordinate(row, factorY, flow.height());
        int top = (int) coordinate;
        float share = coordinate - top;
        long line = (long) (firstChannel + channel) * flow.plane() + (long) top * width;
        flow.read(line, upper, 0, width);
        flow.read(top < flow.height() - 1 ? line + width : line, lower, 0, width);
        for (int column = 0; column < width; column += Lanes.FLOATS.length()) {
            FloatVector above = FloatVector.fromArray(Lanes.FLOATS, upper, column);
            FloatVector way = FloatVector.fromArray(Lanes.FLOATS, lower, column).sub(above);
            way.mul(share).add(above).mul(factor).intoArray(lower, column);
        }
        across.enlarge(lower, target);
    }
}
