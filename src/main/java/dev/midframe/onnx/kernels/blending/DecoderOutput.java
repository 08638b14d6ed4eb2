package dev.midframe.onnx.kernels.blending;

import dev.midframe.film.model.Channels;
import dev.midframe.onnx.kernels.FloatTensor;
import dev.midframe.onnx.kernels.Lanes;
import dev.midframe.onnx.kernels.sampling.Enlargement;
import dev.midframe.onnx.kernels.sampling.FlowRows;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/**
 * The output of the decoder's last layer, NCHWc: for every position of a finer grid, features and then four flow corrections. The
 * factor * factor positions of the finer grid that share a coarse one lie one after the other ("phases").
 */
final class DecoderOutput {

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private final FloatTensor tensor;
    private final int features;
    private final int factor;
    private final int block;
    private final int phaseBlocks;
    private final int width;
    private final int height;

    DecoderOutput(FloatTensor tensor, int features, int factor, int block) {
        this.tensor = tensor;
        this.features = features;
        this.factor = factor;
        this.block = block;
        this.phaseBlocks = Math.ceilDiv(features + Channels.FLOWS, block);
        this.width = tensor.width() * factor;
        this.height = tensor.height() * factor;
    }

    /** The flows of level 0, enlarged to the finer grid, with their corrections: some rows of [1,4,h,w]. */
    void correct(FloatTensor toFirst, FloatTensor toSecond, FloatTensor flows, int from, int to) {
        FloatTensor[] coarse = {toFirst, toSecond};
        for (int side = 0; side < 2; side++) {
            FlowRows rows = new FlowRows(coarse[side], 0, factor, factor);
            int channel = features + 2 * side;
            for (int y = from; y < to; y++) {
                rows.read(y);
                add(channel, y, rows.x);
                add(channel + 1, y, rows.y);
                long line = 2L * side * flows.plane() + (long) y * width;
                flows.write(rows.x, width, line);
                flows.write(rows.y, width, line + flows.plane());
            }
        }
    }

    private void add(int channel, int y, float[] row) {
        for (int phase = 0; phase < factor; phase++) {
            long start = index(phase, y, channel);
            for (int x = phase; x < width; x += factor) {
                row[x] += tensor.get(start);
                start += block;
            }
        }
    }

    /**
     * Reads the features of a row of a grid that is finer by another factor (bilinear, half-pixel centres); what follows
     * them up to a whole vector is undefined.
     *
     * @param rows for each block of features a row of them, in blocks
     */
    void features(int y, int reduction, float[][] rows) {
        for (int start = 0; start < features; start += Lanes.FLOATS.length()) {
            float[] row = rows[start / block];
            if (reduction == 1) {
                copy(y, start, row);
            } else {
                enlarge(y, reduction, start, row);
            }
        }
    }

    private void copy(int y, int start, float[] row) {
        for (int phase = 0; phase < factor; phase++) {
            long from = index(phase, y, start);
            for (int at = phase * block + start % block; at < row.length; at += factor * block) {
                load(from).intoArray(row, at);
                from += block;
            }
        }
    }

    private void enlarge(int y, int reduction, int start, float[] row) {
        float toY = Enlargement.coordinate(y, reduction, height);
        int top = (int) toY;
        int below = Math.min(top + 1, height - 1);
        for (int x = 0; x < row.length / block; x++) {
            between(Enlargement.coordinate(x, reduction, width), top, below, toY - top, start)
                    .intoArray(row, x * block + start % block);
        }
    }

    private FloatVector between(float toX, int top, int below, float shareDown, int start) {
        int left = (int) toX;
        int right = Math.min(left + 1, width - 1);
        float shareRight = toX - left;
        FloatVector a = load(index(left, top, start));
        FloatVector c = load(index(left, below, start));
        FloatVector upper =
                load(index(right, top, start)).sub(a).mul(shareRight).add(a);
        FloatVector lower =
                load(index(right, below, start)).sub(c).mul(shareRight).add(c);
        return lower.sub(upper).mul(shareDown).add(upper);
    }

    private FloatVector load(long index) {
        return FloatVector.fromMemorySegment(Lanes.FLOATS, tensor.data(), index * Float.BYTES, ORDER);
    }

    private long index(int x, int y, int channel) {
        int phase = y % factor * factor + x % factor;
        long blockIndex = (long) phase * phaseBlocks + channel / block;
        long position = (long) (y / factor) * tensor.width() + x / factor;
        return (blockIndex * tensor.plane() + position) * block + channel % block;
    }
}
