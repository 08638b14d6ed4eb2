package dev.midframe.onnx;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Backward warping of planes of one size: out(p) = in(p + flow(p)), bilinear, clamped to the border. For one thread. */
final class BilinearWarp {

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private final int width;
    private final int height;
    private final int[] upperLeft;
    private final int[] right;
    private final int[] down;
    private final float[] shareRight;
    private final float[] shareDown;

    BilinearWarp(int width, int height) {
        this.width = width;
        this.height = height;
        this.upperLeft = new int[width];
        this.right = new int[width];
        this.down = new int[width];
        this.shareRight = new float[width];
        this.shareDown = new float[width];
    }

    /**
     * Warps all channels by one flow.
     *
     * @param picture channels x height x width 32-bit numbers
     * @param flow 2 x height x width, x first, in pixels
     * @param warped as the picture; not the same memory
     */
    void run(MemorySegment picture, MemorySegment flow, MemorySegment warped, int channels) {
        long plane = (long) width * height;
        for (int y = 0; y < height; y++) {
            locate(flow, y);
            for (int channel = 0; channel < channels; channel++) {
                row(picture, warped, channel * plane, (long) y * width);
            }
        }
    }

    private void locate(MemorySegment flow, int y) {
        long row = (long) y * width;
        long plane = (long) width * height;
        for (int x = 0; x < width; x++) {
            float toX = Math.min(Math.max(x + flow.getAtIndex(FLOAT, row + x), 0), width - 1);
            float toY = Math.min(Math.max(y + flow.getAtIndex(FLOAT, plane + row + x), 0), height - 1);
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

    private void row(MemorySegment picture, MemorySegment warped, long channel, long row) {
        for (int x = 0; x < width; x++) {
            long place = channel + upperLeft[x];
            float a = picture.getAtIndex(FLOAT, place);
            float b = picture.getAtIndex(FLOAT, place + right[x]);
            float c = picture.getAtIndex(FLOAT, place + down[x]);
            float d = picture.getAtIndex(FLOAT, place + down[x] + right[x]);
            float upper = a + shareRight[x] * (b - a);
            float lower = c + shareRight[x] * (d - c);
            warped.setAtIndex(FLOAT, channel + row + x, upper + shareDown[x] * (lower - upper));
        }
    }
}
