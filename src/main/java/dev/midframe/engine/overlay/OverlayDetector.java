package dev.midframe.engine.overlay;

import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.LumaRows;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.PixelRuns;
import dev.midframe.video.RowBands;
import dev.midframe.video.VideoFrame;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Finds the pixels that stood still for {@value #FRAMES} frames while something moved in their block of 8x8 pixels, or in one
 * beside it. What happened more than
 * {@value FrameInterpolator#MEMORY_FRAMES} frames ago is forgotten.
 *
 * <p>A block's pixels are the bits of a long, row by row, so a few operations on longs do for all of them.
 */
final class OverlayDetector {

    /** From frame to frame, with motion in the block each time: fewer, and background that looks alike is taken for still. */
    static final int FRAMES = 4;

    private static final int SIDE = 8;

    /** A luma difference, in 8-bit code values, that is none: noise of a codec around still letters. */
    private static final int STILL = 2;

    /** A luma difference that nothing but motion makes. */
    private static final int MOTION = 16;

    /** Pixels of a block that differ so where something moves in it. */
    private static final int MOVING = 4;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** The lowest bit of each of four lanes of 16 bits. */
    private static final long LANES = 0x0001_0001_0001_0001L;

    private static final long LOW_BYTES = 0xff * LANES;
    private static final long TOP_BITS = 0x8000 * LANES;

    private final FrameFormat format;
    private final RowBands bands;
    /** Of each band its own: they keep what they read. */
    private final LumaRows[] luma;

    private final int columns;
    private final int rows;
    private final int stride;
    private byte[] previous;
    private byte[] current;
    /** Of each block: the pixels that changed or that the frame has not, and whether something moves in it. */
    private final long[] changed;

    private final boolean[] moving;

    /** Four of each block: element k is the pixels that stood still over k + 1 frames with motion, and up to now. */
    private final long[] still;

    /** Beside each of these: the number of the frame before the first of them. */
    private final long[] since;

    private long number;
    private boolean first = true;

    OverlayDetector(FrameFormat format) {
        this(format, RowBands.of(Math.ceilDiv(format.height(), SIDE), (long) format.width() * format.height()));
    }

    /** @param bands of rows of blocks */
    OverlayDetector(FrameFormat format, RowBands bands) {
        this.format = format;
        this.bands = bands;
        luma = new LumaRows[bands.count()];
        Arrays.setAll(luma, band -> LumaRows.of(format));
        columns = Math.ceilDiv(format.width(), SIDE);
        rows = Math.ceilDiv(format.height(), SIDE);
        stride = columns * SIDE;
        previous = new byte[stride * rows * SIDE];
        current = new byte[previous.length];
        changed = new long[columns * rows];
        moving = new boolean[columns * rows];
        still = new long[columns * rows * FRAMES];
        since = new long[columns * rows * FRAMES];
    }

    /** So many frames went by that are not compared. */
    void passOver(long frames) {
        number += frames;
    }

    /** Takes the next frame; whether there is an overlay in it and the one before. */
    boolean next(VideoFrame frame) {
        byte[] older = previous;
        previous = current;
        current = older;
        VideoFrame open = frame.openToThreads();
        bands.run((band, from, to) -> read(open, luma[band], from, to));
        long before = number++;
        if (first) {
            first = false;
            return false;
        }
        AtomicBoolean found = new AtomicBoolean();
        bands.run((band, from, to) -> {
            if (age(from, to, before)) {
                found.set(true);
            }
        });
        return found.get();
    }

    private void read(VideoFrame frame, LumaRows own, int from, int to) {
        for (int row = from; row < to; row++) {
            int lines = Math.min(SIDE, format.height() - row * SIDE);
            for (int line = row * SIDE; line < row * SIDE + lines; line++) {
                own.read(frame, line, current, line * stride);
            }
            for (int column = 0; column < columns && !first; column++) {
                compare(row * columns + column, row * SIDE * stride + column * SIDE, inside(column, lines));
            }
        }
    }

    private boolean age(int from, int to, long before) {
        long found = 0;
        for (int block = from * columns; block < to * columns; block++) {
            found |= age(block, before);
        }
        return found != 0;
    }

    /** The overlay's pixels: those of luma, and those of chroma that belong to them alone. */
    PixelRuns overlay() {
        PixelFormat pixels = format.pixelFormat();
        PixelRuns runs = new PixelRuns(pixels);
        for (int block = 0; block < columns * rows; block++) {
            long overlay = still[block * FRAMES + FRAMES - 1];
            if (overlay != 0) {
                for (int plane = 0; plane < pixels.planes(); plane++) {
                    int shiftX = plane == 0 ? 0 : pixels.chromaShiftX();
                    int shiftY = plane == 0 ? 0 : pixels.chromaShiftY();
                    int left = block % columns * SIDE >> shiftX;
                    int top = block / columns * SIDE >> shiftY;
                    add(runs, plane, left, top, shrunk(overlay, shiftX, shiftY));
                }
            }
        }
        return runs;
    }

    private void compare(int block, int start, long inside) {
        long apart = apart(STILL, start) & inside;
        changed[block] = apart | ~inside;
        moving[block] = apart != 0 && Long.bitCount(apart(MOTION, start) & inside) >= MOVING;
    }

    /** Gives the pixels of a block that are overlay. */
    private long age(int block, long before) {
        int newest = block * FRAMES;
        int oldest = newest + FRAMES - 1;
        if (motionAround(block)) {
            System.arraycopy(still, newest, still, newest + 1, FRAMES - 1);
            System.arraycopy(since, newest, since, newest + 1, FRAMES - 1);
            still[newest] = -1;
            since[newest] = before;
        }
        for (int at = newest; at <= oldest; at++) {
            still[at] &= ~changed[block];
        }
        if (since[oldest] < number - FrameInterpolator.MEMORY_FRAMES) {
            still[oldest] = 0;
        }
        return still[oldest];
    }

    /** Whether something moves in a block or one beside it. */
    private boolean motionAround(int block) {
        int row = block / columns;
        int column = block % columns;
        for (int y = Math.max(row - 1, 0); y <= Math.min(row + 1, rows - 1); y++) {
            for (int x = Math.max(column - 1, 0); x <= Math.min(column + 1, columns - 1); x++) {
                if (moving[y * columns + x]) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The pixels of a block that the frame has. */
    private long inside(int column, int lines) {
        int width = Math.min(SIDE, format.width() - column * SIDE);
        long wide = (0xffL >> SIDE - width) * 0x0101_0101_0101_0101L;
        return wide & -1L >>> Long.SIZE - SIDE * lines;
    }

    /** The pixels of a block that are further from what they were. */
    private long apart(int limit, int start) {
        long apart = 0;
        for (int line = 0; line < SIDE; line++) {
            int at = start + line * stride;
            long a = (long) LONGS.get(previous, at);
            long b = (long) LONGS.get(current, at);
            if (a != b) {
                apart |= apart(limit, a, b) << SIDE * line;
            }
        }
        return apart;
    }

    /** One bit for each of eight bytes. */
    private static long apart(int limit, long a, long b) {
        long even = lanesApart(limit, a & LOW_BYTES, b & LOW_BYTES);
        long odd = lanesApart(limit, a >>> 8 & LOW_BYTES, b >>> 8 & LOW_BYTES);
        return Long.compress(even >>> 8 | odd, 0x8080_8080_8080_8080L);
    }

    /** The top bit of each lane says whether its values are further apart. */
    private static long lanesApart(int limit, long a, long b) {
        long difference = a + 0x200 * LANES - b;
        long above = difference + (0x8000 - 0x200 - limit - 1) * LANES;
        long below = (0x8000 + 0x200 - limit - 1) * LANES - difference;
        return (above | below) & TOP_BITS;
    }

    /** Bits of a block of chroma: set where those of all its pixels are. */
    private static long shrunk(long bits, int shiftX, int shiftY) {
        long shrunk = bits;
        if (shiftX == 1) {
            long pairs = shrunk & shrunk >>> 1;
            shrunk = 0;
            for (int line = 0; line < SIDE; line++) {
                shrunk |= Long.compress(pairs >>> SIDE * line & 0xff, 0x55) << SIDE * line;
            }
        }
        if (shiftY == 1) {
            long pairs = shrunk & shrunk >>> SIDE;
            shrunk = Long.compress(pairs, 0x00ff_00ff_00ff_00ffL);
        }
        return shrunk;
    }

    private static void add(PixelRuns runs, int plane, int left, int top, long bits) {
        for (int line = 0; line < SIDE; line++) {
            int row = (int) (bits >>> SIDE * line & 0xff);
            while (row != 0) {
                int start = Integer.numberOfTrailingZeros(row);
                int length = Integer.numberOfTrailingZeros(~(row >>> start));
                runs.add(plane, top + line, left + start, left + start + length);
                row &= -1 << start + length;
            }
        }
    }
}
