package dev.midframe.video;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Reads rows of luma as bytes, whatever the format; (R + 2 G + B) / 4 stands for the luma of packed colours. */
public final class LumaRow {

    private static final ValueLayout.OfShort WORD = ValueLayout.JAVA_SHORT_UNALIGNED;

    private final PixelFormat pixels;
    private final int width;
    private final byte[] packed;

    public LumaRow(FrameFormat format) {
        pixels = format.pixelFormat();
        width = format.width();
        packed = new byte[pixels.family() == PixelFormat.Family.RGB ? pixels.rowBytes(0, width) : 0];
    }

    /** Writes a row of the frame into {@code to} from {@code offset} on. */
    public void read(VideoFrame frame, int row, byte[] to, int offset) {
        VideoFrame.Plane plane = frame.planes().getFirst();
        long start = (long) row * plane.stride();
        switch (pixels) {
            case I420, NV12, Y42B, Y444 -> copy(plane.data(), start, to, offset, width);
            case I420_10LE -> words(plane.data(), start, 2, to, offset);
            case P010_10LE -> words(plane.data(), start, 8, to, offset);
            case RGB, RGBx, BGRx -> {
                copy(plane.data(), start, packed, 0, packed.length);
                colours(pixels.samplesPerPosition(0), to, offset);
            }
        }
    }

    private static void copy(MemorySegment from, long start, byte[] to, int offset, int bytes) {
        MemorySegment.copy(from, ValueLayout.JAVA_BYTE, start, to, offset, bytes);
    }

    private void words(MemorySegment from, long start, int shift, byte[] to, int offset) {
        for (int x = 0; x < width; x++) {
            to[offset + x] = (byte) ((from.get(WORD, start + 2L * x) & 0xffff) >> shift);
        }
    }

    private void colours(int pixelBytes, byte[] to, int offset) {
        for (int x = 0; x < width; x++) {
            int at = x * pixelBytes;
            to[offset + x] = (byte) ((packed[at] & 0xff) + 2 * (packed[at + 1] & 0xff) + (packed[at + 2] & 0xff) >> 2);
        }
    }
}
