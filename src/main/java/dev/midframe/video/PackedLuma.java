package dev.midframe.video;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Of packed colours. */
final class PackedLuma implements LumaRows {
    private static final int UNITS = 4;

    private final int pixelBytes;
    private final byte[] row;
    private final int[] sums;
    private final int[] prefix;

    PackedLuma(FrameFormat format) {
        pixelBytes = format.pixelFormat().samplesPerPosition(0);
        row = new byte[format.pixelFormat().rowBytes(0, format.width())];
        sums = new int[format.width()];
        prefix = new int[format.width() + 1];
    }

    @Override
    public void read(VideoFrame frame, int y, byte[] to, int offset) {
        copy(frame, y);
        for (int x = 0; x < sums.length; x++) {
            to[offset + x] = (byte) (luma(pixelBytes * x) / UNITS);
        }
    }

    @Override
    public void add(VideoFrame frame, int y) {
        copy(frame, y);
        // A step that the compiler knows lets it leave out the checks of every index.
        if (pixelBytes == 4) {
            for (int x = 0; x < sums.length; x++) {
                sums[x] += luma(4 * x);
            }
        } else {
            for (int x = 0; x < sums.length; x++) {
                sums[x] += luma(3 * x);
            }
        }
    }

    private void copy(VideoFrame frame, int y) {
        VideoFrame.Plane plane = frame.planes().getFirst();
        MemorySegment.copy(plane.data(), JAVA_BYTE, (long) y * plane.stride(), row, 0, row.length);
    }

    private int luma(int at) {
        return (row[at] & 0xff) + 2 * (row[at + 1] & 0xff) + (row[at + 2] & 0xff);
    }

    @Override
    public int[] takePrefixSums() {
        int sum = 0;
        for (int x = 0; x < sums.length; x++) {
            sum += sums[x];
            prefix[x + 1] = sum;
        }
        Arrays.fill(sums, 0);
        return prefix;
    }

    @Override
    public float unitsPerCode() {
        return UNITS;
    }
}
