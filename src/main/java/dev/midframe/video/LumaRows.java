package dev.midframe.video;

/**
 * Reads rows of luma, whatever the format: as bytes, or added up. (R + 2 G + B) / 4 stands for the luma of packed colours, so
 * that the order of R and B does not matter.
 */
public sealed interface LumaRows permits PlanarLuma, PackedLuma {

    static LumaRows of(FrameFormat format) {
        return format.pixelFormat().family() == PixelFormat.Family.RGB
                ? new PackedLuma(format)
                : new PlanarLuma(format);
    }

    /** Writes a row of the frame, in 8-bit code values, into {@code to} from {@code offset} on. */
    void read(VideoFrame frame, int y, byte[] to, int offset);

    /** Adds a row of the frame to the sums. Up to 256 rows can be added before the sums are taken. */
    void add(VideoFrame frame, int y);

    /**
     * Element x is the sum of the code values left of x in the rows added since the last call. Overwritten by the next
     * call.
     */
    int[] takePrefixSums();

    /** What the sums count for one 8-bit code value. */
    float unitsPerCode();
}
