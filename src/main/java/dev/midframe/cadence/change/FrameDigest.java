package dev.midframe.cadence.change;

import dev.midframe.video.FrameFormat;
import dev.midframe.video.LumaRows;
import dev.midframe.video.VideoFrame;

/** What is remembered of a frame: its blocks of 8x8 pixels, and a thumbnail of the whole. */
final class FrameDigest {
    private static final int BLOCK = 8;
    private static final int SMALL_COLUMNS = 64;
    private static final int SMALL_ROWS = 36;
    /** Where a frame has more bytes of luma, rows are left out: they add little and cost time. */
    private static final int BYTES_READ = 1_000_000;

    private final LumaGrid blocks;
    private final LumaGrid small;
    private final int height;
    private final int rowStep;

    FrameDigest(FrameFormat format) {
        height = format.height();
        rowStep = Math.clamp((long) format.pixelFormat().rowBytes(0, format.width()) * height / BYTES_READ, 1, BLOCK);
        blocks = new LumaGrid(format.width(), height, Math.ceilDiv(format.width(), BLOCK), Math.ceilDiv(height, BLOCK));
        small = new LumaGrid(format.width(), height, SMALL_COLUMNS, SMALL_ROWS);
    }

    void read(VideoFrame frame, LumaRows rows) {
        blocks.clear();
        small.clear();
        int pending = 0;
        for (int y = 0; y < height; y += rowStep) {
            rows.add(frame, y);
            pending++;
            int next = y + rowStep;
            if (next >= height || !blocks.sameCells(y, next) || !small.sameCells(y, next)) {
                int[] prefix = rows.takePrefixSums();
                blocks.add(y, pending, prefix);
                small.add(y, pending, prefix);
                pending = 0;
            }
        }
        blocks.finish(rows.unitsPerCode());
        small.finish(rows.unitsPerCode());
    }

    LumaGrid blocks() {
        return blocks;
    }

    LumaGrid small() {
        return small;
    }
}
