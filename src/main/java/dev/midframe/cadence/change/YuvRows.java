package dev.midframe.cadence.change;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Rows of a luma plane.
 *
 * <p>Samples are added eight bytes at a time, every other one in a lane of twice its width: plain arithmetic on longs is
 * what the compiler turns into vector instructions.
 */
final class YuvRows implements LumaRows {
    private final PixelFormat pixelFormat;
    private final int rowBytes;
    private final int sampleBits;
    private final long evenLanes;
    private final long[] row;
    private final MemorySegment rowMemory;
    private final long[] even;
    private final long[] odd;
    private final int[] prefix;

    YuvRows(FrameFormat format) {
        pixelFormat = format.pixelFormat();
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
