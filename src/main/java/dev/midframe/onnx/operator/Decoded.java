package dev.midframe.onnx.operator;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/**
 * The decoder's answer: for every position of a finer grid, features and then four corrections of flows, in blocks. The
 * factor * factor positions of the finer grid that share a coarse one lie one after the other ("phases").
 */
final class Decoded {

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private final FloatTensor tensor;
    private final int pixelChannels;
    private final int factor;
    private final int block;
    private final int phaseBlocks;
    private final int stored;
    private final int width;
    private final int height;

    Decoded(FloatTensor tensor, int pixelChannels, int factor, int block) {
        this.tensor = tensor;
        this.pixelChannels = pixelChannels;
        this.factor = factor;
        this.block = block;
        this.phaseBlocks = Math.ceilDiv(pixelChannels, block);
        this.width = tensor.width() * factor;
        this.height = tensor.height() * factor;
        this.stored = phaseBlocks * block;
    }

    /** The flows of level 0, enlarged to the finer grid, with their corrections: [1,4,h,w]. */
    void correct(FloatTensor toFirst, FloatTensor toSecond, FloatTensor flows) {
        FloatTensor[] coarse = {toFirst, toSecond};
        for (int side = 0; side < 2; side++) {
            FlowRows rows = new FlowRows(coarse[side], 0, factor, factor);
            for (int y = 0; y < height; y++) {
                rows.read(y);
                for (int x = 0; x < width; x++) {
                    int channel = pixelChannels - 4 + 2 * side;
                    rows.x[x] += tensor.get(place(x, y, channel));
                    rows.y[x] += tensor.get(place(x, y, channel + 1));
                }
                long line = 2L * side * flows.plane() + (long) y * width;
                flows.write(rows.x, width, line);
                flows.write(rows.y, width, line + flows.plane());
            }
        }
    }

    /** The first channels of a position of a grid that is finer by another factor: bilinear, half-pixel centres. */
    void features(int x, int y, int reduction, float[] target) {
        if (reduction == 1) {
            add(x, y, 1, true, target);
            return;
        }
        float toX = Enlargement.place(x, reduction, width);
        float toY = Enlargement.place(y, reduction, height);
        int left = (int) toX;
        int top = (int) toY;
        int right = Math.min(left + 1, width - 1);
        int below = Math.min(top + 1, height - 1);
        float shareX = toX - left;
        float shareY = toY - top;
        add(left, top, (1 - shareX) * (1 - shareY), true, target);
        add(right, top, shareX * (1 - shareY), false, target);
        add(left, below, (1 - shareX) * shareY, false, target);
        add(right, below, shareX * shareY, false, target);
    }

    private void add(int x, int y, float weight, boolean fresh, float[] target) {
        for (int start = 0; start < stored && start < target.length; start += FeatureSampler.LANES.length()) {
            FloatVector part = FloatVector.fromMemorySegment(
                            FeatureSampler.LANES, tensor.data(), place(x, y, start) * Float.BYTES, ORDER)
                    .mul(weight);
            (fresh ? part : part.add(FloatVector.fromArray(FeatureSampler.LANES, target, start)))
                    .intoArray(target, start);
        }
    }

    private long place(int x, int y, int channel) {
        int phase = y % factor * factor + x % factor;
        long blockIndex = (long) phase * phaseBlocks + channel / block;
        long position = (long) (y / factor) * tensor.width() + x / factor;
        return (blockIndex * tensor.plane() + position) * block + channel % block;
    }
}
