package dev.midframe.cadence.change;

import dev.midframe.video.FrameFormat;
import dev.midframe.video.LumaRows;
import dev.midframe.video.RowBands;
import dev.midframe.video.VideoFrame;
import java.util.List;
import java.util.stream.Stream;

/** What is remembered of a frame: its blocks of 8x8 pixels, and a thumbnail of the whole. */
final class FrameDigest {
    private static final int BLOCK = 8;
    private static final int SMALL_COLUMNS = 64;
    private static final int SMALL_ROWS = 36;
    /** Where a frame has more bytes of luma, rows are left out: they add little and cost time. */
    private static final int BYTES_READ = 1_000_000;

    private final LumaGrid blocks;
    private final LumaGrid small;
    private final RowBands bands;
    private final List<Band> parts;
    private final int height;
    private final int rowStep;

    FrameDigest(FrameFormat format) {
        this(format, RowBands.of(Math.ceilDiv(format.height(), BLOCK), bytesRead(format)));
    }

    /** @param bands of rows of blocks */
    FrameDigest(FrameFormat format, RowBands bands) {
        this.height = format.height();
        this.rowStep = Math.clamp(bytes(format) / BYTES_READ, 1, BLOCK);
        this.blocks =
                new LumaGrid(format.width(), height, Math.ceilDiv(format.width(), BLOCK), Math.ceilDiv(height, BLOCK));
        this.small = small(format);
        this.bands = bands;
        this.parts = Stream.generate(() -> new Band(LumaRows.of(format), small(format)))
                .limit(bands.count())
                .toList();
    }

    private static LumaGrid small(FrameFormat format) {
        return new LumaGrid(format.width(), format.height(), SMALL_COLUMNS, SMALL_ROWS);
    }

    private static long bytes(FrameFormat format) {
        return (long) format.pixelFormat().rowBytes(0, format.width()) * format.height();
    }

    private static long bytesRead(FrameFormat format) {
        return Math.min(bytes(format), BYTES_READ);
    }

    void read(VideoFrame frame) {
        blocks.clear();
        small.clear();
        VideoFrame open = frame.openToThreads();
        bands.run((band, from, to) -> parts.get(band).read(open, from, to));
        parts.forEach(part -> small.addAll(part.small));
        small.finish(parts.getFirst().luma.unitsPerCode(), 0, small.rows());
    }

    LumaGrid blocks() {
        return blocks;
    }

    LumaGrid small() {
        return small;
    }

    /** Some rows of blocks, which are its own; of the thumbnail's cells it shares some with its neighbours. */
    private final class Band {
        private final LumaRows luma;
        private final LumaGrid small;

        Band(LumaRows luma, LumaGrid small) {
            this.luma = luma;
            this.small = small;
        }

        void read(VideoFrame frame, int from, int to) {
            small.clear();
            int end = blocks.top(to);
            int pending = 0;
            for (int y = Math.ceilDiv(blocks.top(from), rowStep) * rowStep; y < end; y += rowStep) {
                luma.add(frame, y);
                pending++;
                int next = y + rowStep;
                if (next >= end || !blocks.sameCells(y, next) || !small.sameCells(y, next)) {
                    int[] prefix = luma.takePrefixSums();
                    blocks.add(y, pending, prefix);
                    small.add(y, pending, prefix);
                    pending = 0;
                }
            }
            blocks.finish(luma.unitsPerCode(), from, to);
        }
    }
}
