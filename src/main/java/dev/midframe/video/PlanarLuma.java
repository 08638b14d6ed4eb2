package dev.midframe.video;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Of a luma plane.
 *
 * <p>Samples are added eight bytes at a time, every other one in a lane of twice its width: plain arithmetic on longs is
 * what the compiler turns into vector instructions.
 */
final class PlanarLuma implements LumaRows {
    private static final ValueLayout.OfShort WORD = ValueLayout.JAVA_SHORT_UNALIGNED;

    private final PixelFormat pixelFormat;
    private final int width;
    private final int rowBytes;
    private final int sampleBits;
    private final long evenLanes;
    private final long[] row;
    private final MemorySegment rowMemory;
    private final long[] even;
    private final long[] odd;
    private final int[] prefix;

    PlanarLuma(FrameFormat format) {
        pixelFormat = format.pixelFormat();
        width = format.width();
        rowBytes = pixelFormat.rowBytes(0, format.width());
        sampleBits = 8 * pixelFormat.bytesPerSample();
        evenLanes = sampleBits == 8 ? 0x00ff_00ff_00ff_00ffL : 0x0000_ffff_0000_ffffL;
        row = new long[Math.ceilDiv(rowBytes, 8)];
        rowMemory = MemorySegment.ofArray(row);
        even = new long[row.length];
        odd = new long[row.length];
        prefix = new int[8 * row.length + 1];
    }

    @Override
    public void read(VideoFrame frame, int y, byte[] to, int offset) {
        VideoFrame.Plane plane = frame.planes().getFirst();
        long start = (long) y * plane.stride();
        switch (pixelFormat) {
            case I420_10LE -> readWords(plane.data(), start, 2, to, offset);
            case P010_10LE -> readWords(plane.data(), start, 8, to, offset);
            default -> MemorySegment.copy(plane.data(), JAVA_BYTE, start, to, offset, width);
        }
    }

    private void readWords(MemorySegment from, long start, int shift, byte[] to, int offset) {
        for (int x = 0; x < width; x++) {
            to[offset + x] = (byte) ((from.get(WORD, start + 2L * x) & 0xffff) >> shift);
        }
    }

    @Override
    public void add(VideoFrame frame, int y) {
        VideoFrame.Plane plane = frame.planes().getFirst();
        MemorySegment.copy(plane.data(), JAVA_BYTE, (long) y * plane.stride(), rowMemory, JAVA_BYTE, 0, rowBytes);
        int bits = sampleBits;
        long lanes = evenLanes;
        for (int i = 0; i < row.length; i++) {
            even[i] += row[i] & lanes;
            odd[i] += row[i] >>> bits & lanes;
        }
    }

    @Override
    public int[] takePrefixSums() {
        int laneBits = 2 * sampleBits;
        long lane = (1L << laneBits) - 1;
        int sum = 0;
        int x = 0;
        for (int i = 0; i < even.length; i++) {
            long evens = even[i];
            long odds = odd[i];
            for (int bit = 0; bit < Long.SIZE; bit += laneBits) {
                sum += (int) (evens >>> bit & lane);
                prefix[++x] = sum;
                sum += (int) (odds >>> bit & lane);
                prefix[++x] = sum;
            }
        }
        Arrays.fill(even, 0);
        Arrays.fill(odd, 0);
        return prefix;
    }

    @Override
    public float unitsPerCode() {
        return switch (pixelFormat) {
            case P010_10LE -> 256;
            case I420_10LE -> 4;
            default -> 1;
        };
    }
}
