package dev.midframe.cadence;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.midframe.interpolation.FrameFormat;
import dev.midframe.interpolation.PixelFormat;
import dev.midframe.interpolation.VideoFrame;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Adds up rows of luma and gives their prefix sums; of RGB, (R + 2 G + B) / 4 stands for luma.
 *
 * <p>Samples are added eight bytes at a time, every other one in a lane of twice its width: plain arithmetic on longs is
 * what the compiler turns into vector instructions.
 */
final class LumaRows {
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

    LumaRows(FrameFormat format) {
        pixelFormat = format.pixelFormat();
        width = format.width();
        rowBytes = pixelFormat.rowBytes(0, width);
        sampleBits = 8 * pixelFormat.bytesPerSample();
        evenLanes = sampleBits == 8 ? 0x00ff_00ff_00ff_00ffL : 0x0000_ffff_0000_ffffL;
        row = new long[Math.ceilDiv(rowBytes, 8)];
        rowMemory = MemorySegment.ofArray(row);
        even = new long[row.length];
        odd = new long[row.length];
        prefix = new int[8 * row.length + 1];
    }

    /** Adds a row of the frame. Up to 256 rows can be added before the sums are taken. */
    void add(VideoFrame frame, int y) {
        VideoFrame.Plane plane = frame.planes().getFirst();
        MemorySegment.copy(plane.data(), JAVA_BYTE, (long) y * plane.stride(), rowMemory, JAVA_BYTE, 0, rowBytes);
        int bits = sampleBits;
        long lanes = evenLanes;
        for (int i = 0; i < row.length; i++) {
            even[i] += row[i] & lanes;
            odd[i] += row[i] >>> bits & lanes;
        }
    }

    /**
     * Element x is the sum of the code values left of x in the rows added since the last call. Overwritten by the next
     * call.
     */
    int[] takePrefixSums() {
        if (pixelFormat.family() == PixelFormat.Family.RGB) {
            sumColours();
        } else {
            sumLuma();
        }
        Arrays.fill(even, 0);
        Arrays.fill(odd, 0);
        return prefix;
    }

    /** What the sums count for one 8-bit code value. */
    float unitsPerCode() {
        return switch (pixelFormat) {
            case P010_10LE -> 256;
            case I420_10LE, RGB, RGBx, BGRx -> 4;
            default -> 1;
        };
    }

    private void sumLuma() {
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
    }

    private void sumColours() {
        int step = pixelFormat.samplesPerPosition(0);
        int sum = 0;
        for (int x = 0, at = 0; x < width; x++, at += step) {
            sum += colour(at) + 2 * colour(at + 1) + colour(at + 2);
            prefix[x + 1] = sum;
        }
    }

    private int colour(int at) {
        return (int) (((at & 1) == 0 ? even : odd)[at >>> 3] >>> ((at & 6) << 3) & 0xffff);
    }
}
