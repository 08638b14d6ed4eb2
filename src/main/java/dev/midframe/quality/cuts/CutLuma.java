package dev.midframe.quality.cuts;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.midframe.video.LumaRows;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.MemorySegment;
import java.util.function.IntUnaryOperator;

/**
 * The luma of an 8-bit planar frame, kept beyond the frame's life.
 *
 * @param width in pixels
 * @param height in pixels
 * @param values row by row
 */
record CutLuma(int width, int height, byte[] values) {

    static CutLuma of(VideoFrame frame) {
        int width = frame.format().width();
        int height = frame.format().height();
        LumaRows luma = LumaRows.of(frame.format());
        byte[] values = new byte[width * height];
        for (int y = 0; y < height; y++) {
            luma.read(frame, y, values, y * width);
        }
        return new CutLuma(width, height, values);
    }

    /** Every value from 0 to 255 replaced; results are clipped to that range. */
    CutLuma toned(IntUnaryOperator tone) {
        byte[] table = new byte[256];
        for (int value = 0; value < table.length; value++) {
            table[value] = (byte) Math.clamp(tone.applyAsInt(value), 0, 255);
        }
        byte[] toned = new byte[values.length];
        for (int i = 0; i < toned.length; i++) {
            toned[i] = table[values[i] & 0xff];
        }
        return new CutLuma(width, height, toned);
    }

    /** Writes into a frame, stretched to its size by the nearest pixel; chroma is left alone. */
    void writeTo(VideoFrame frame) {
        int targetWidth = frame.format().width();
        int targetHeight = frame.format().height();
        VideoFrame.Plane plane = frame.planes().getFirst();
        byte[] row = new byte[targetWidth];
        for (int y = 0; y < targetHeight; y++) {
            int from = (int) ((long) y * height / targetHeight) * width;
            for (int x = 0; x < targetWidth; x++) {
                row[x] = values[from + (int) ((long) x * width / targetWidth)];
            }
            MemorySegment.copy(row, 0, plane.data(), JAVA_BYTE, (long) y * plane.stride(), targetWidth);
        }
    }
}
