package dev.midframe.convert.frames;

import java.lang.foreign.MemorySegment;
import java.util.function.IntBinaryOperator;

/**
 * Where a picture's rows lie: one after the other in YUV4MPEG2, each at a multiple of 4 bytes in GStreamer.
 *
 * @param width in pixels
 * @param height in pixels
 */
record FrameLayout(Sampling sampling, int width, int height) {

    private static final int ALIGNMENT = 4;

    /** Bytes of a picture in YUV4MPEG2. */
    int packedBytes() {
        return sum((plane, row) -> row * sampling.rows(plane, height));
    }

    /** Bytes of a picture in GStreamer. */
    int paddedBytes() {
        return sum((plane, row) -> stride(row) * sampling.paddedRows(plane, height));
    }

    private int sum(IntBinaryOperator bytes) {
        int sum = 0;
        for (int plane = 0; plane < sampling.planes(); plane++) {
            sum += bytes.applyAsInt(plane, sampling.rowBytes(plane, width));
        }
        return sum;
    }

    private static int stride(int row) {
        return (row + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** Copies a picture of YUV4MPEG2 into one of GStreamer. */
    void pad(byte[] packed, MemorySegment padded) {
        MemorySegment from = MemorySegment.ofArray(packed);
        forEachRow((packedAt, paddedAt, bytes) -> MemorySegment.copy(from, packedAt, padded, paddedAt, bytes));
    }

    /** Copies a picture of GStreamer into one of YUV4MPEG2. */
    void pack(MemorySegment padded, byte[] packed) {
        MemorySegment to = MemorySegment.ofArray(packed);
        forEachRow((packedAt, paddedAt, bytes) -> MemorySegment.copy(padded, paddedAt, to, packedAt, bytes));
    }

    private void forEachRow(RowCopy copy) {
        int packedAt = 0;
        int planeAt = 0;
        for (int plane = 0; plane < sampling.planes(); plane++) {
            int bytes = sampling.rowBytes(plane, width);
            for (int row = 0; row < sampling.rows(plane, height); row++) {
                copy.copy(packedAt, planeAt + row * stride(bytes), bytes);
                packedAt += bytes;
            }
            planeAt += stride(bytes) * sampling.paddedRows(plane, height);
        }
    }

    @FunctionalInterface
    private interface RowCopy {
        void copy(int packedAt, int paddedAt, int bytes);
    }
}
