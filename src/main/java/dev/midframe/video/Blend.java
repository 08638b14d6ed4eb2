package dev.midframe.video;

import dev.midframe.video.VideoFrame.Plane;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The weighted mean of two frames, rounded half up. */
public final class Blend {

    private static final int WEIGHT_BITS = 16;
    private static final int ONE = 1 << WEIGHT_BITS;
    private static final int HALF = ONE / 2;
    private static final ValueLayout.OfShort WORD = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Blend() {}

    /** Mixes {@code a} and {@code b} of one format into {@code target}; {@code weight} in 0 to 1 is that of {@code b}. */
    public static void mix(VideoFrame a, VideoFrame b, double weight, VideoFrame target) {
        FrameFormat format = target.format();
        PixelFormat pixels = format.pixelFormat();
        int share = (int) Math.round(weight * ONE);
        for (int plane = 0; plane < pixels.planes(); plane++) {
            int rowBytes = pixels.rowBytes(plane, format.width());
            for (int row = 0; row < pixels.planeHeight(plane, format.height()); row++) {
                MemorySegment from = row(a.planes().get(plane), row, rowBytes);
                MemorySegment to = row(b.planes().get(plane), row, rowBytes);
                MemorySegment mixed = row(target.planes().get(plane), row, rowBytes);
                if (pixels.bytesPerSample() == 1) {
                    mixBytes(from, to, share, mixed);
                } else {
                    mixWords(from, to, share, mixed, pixels == PixelFormat.P010_10LE ? 6 : 0);
                }
            }
        }
    }

    private static MemorySegment row(Plane plane, int row, int bytes) {
        return plane.data().asSlice((long) row * plane.stride(), bytes);
    }

    private static void mixBytes(MemorySegment a, MemorySegment b, int share, MemorySegment target) {
        for (long i = 0; i < target.byteSize(); i++) {
            int from = a.get(ValueLayout.JAVA_BYTE, i) & 0xFF;
            int to = b.get(ValueLayout.JAVA_BYTE, i) & 0xFF;
            target.set(ValueLayout.JAVA_BYTE, i, (byte) ((from * (ONE - share) + to * share + HALF) >> WEIGHT_BITS));
        }
    }

    /** @param unused low bits of a word */
    private static void mixWords(MemorySegment a, MemorySegment b, int share, MemorySegment target, int unused) {
        for (long i = 0; i < target.byteSize(); i += 2) {
            int from = (a.get(WORD, i) & 0xFFFF) >> unused;
            int to = (b.get(WORD, i) & 0xFFFF) >> unused;
            target.set(WORD, i, (short) ((from * (ONE - share) + to * share + HALF) >> WEIGHT_BITS << unused));
        }
    }
}
