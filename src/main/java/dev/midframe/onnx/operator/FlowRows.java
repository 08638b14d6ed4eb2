package dev.midframe.onnx.operator;

/** Rows of a flow at a size that is larger by whole factors: bilinear, half-pixel centres, in pixels of that size. */
final class FlowRows {

    /** The row asked for last: x and y parts. */
    final float[] x;

    final float[] y;

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
    FlowRows(FloatTensor flow, int firstChannel, int factorX, int factorY) {
        this(flow, firstChannel, factorX, factorY, flow.width() * factorX);
    }

    /** @param stored numbers that {@link #x} and {@link #y} hold, at least the enlarged width; the rest are zero */
    FlowRows(FloatTensor flow, int firstChannel, int factorX, int factorY, int stored) {
        this.flow = flow;
        this.firstChannel = firstChannel;
        this.factorX = factorX;
        this.factorY = factorY;
        this.across = new Enlargement(flow.width(), factorX);
        this.x = new float[stored];
        this.y = new float[stored];
        this.upper = new float[flow.width()];
        this.lower = new float[flow.width() + 1];
    }

    /** Computes {@link #x} and {@link #y} of an enlarged row. */
    void read(int row) {
        enlarge(0, row, x, factorX);
        enlarge(1, row, y, factorY);
    }

    private void enlarge(int channel, int row, float[] target, int factor) {
        int width = flow.width();
        float place = Enlargement.place(row, factorY, flow.height());
        int top = (int) place;
        float share = place - top;
        long line = (long) (firstChannel + channel) * flow.plane() + (long) top * width;
        flow.read(line, upper, 0, width);
        flow.read(top < flow.height() - 1 ? line + width : line, lower, 0, width);
        for (int column = 0; column < width; column++) {
            lower[column] = factor * (upper[column] + share * (lower[column] - upper[column]));
        }
        across.enlarge(lower, target);
    }
}
