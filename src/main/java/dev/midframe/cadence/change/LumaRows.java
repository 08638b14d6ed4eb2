package dev.midframe.cadence.change;

import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;

/** Adds up rows of luma and gives their prefix sums. */
sealed interface LumaRows permits YuvRows, RgbRows {

    static LumaRows of(FrameFormat format) {
        return format.pixelFormat().family() == PixelFormat.Family.RGB ? new RgbRows(format) : new YuvRows(format);
    }

    /** Adds a row of the frame. Up to 256 rows can be added before the sums are taken. */
    void add(VideoFrame frame, int y);

    /**
     * Element x is the sum of the code values left of x in the rows added since the last call. Overwritten by the next
     * call.
     */
    int[] takePrefixSums();

    /** What the sums count for one 8-bit code value. */
    float unitsPerCode();
}
