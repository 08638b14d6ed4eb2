package dev.midframe.video;

/**
 * How code values map to colour: the range and the Y'CbCr matrix. Transfer function and primaries do not matter to
 * interpolation and travel in the caps untouched.
 *
 * @param range full or limited code values
 * @param matrix the luma coefficients
 */
public record Colorimetry(Range range, Matrix matrix) {

    /** What GStreamer assumes for untagged standard-definition video. */
    public static final Colorimetry BT601_LIMITED = new Colorimetry(Range.LIMITED, Matrix.BT601);

    private static final int STANDARD_DEFINITION_ROWS = 576;
    private static final int ULTRA_HIGH_DEFINITION_ROWS = 2160;

    /** What GStreamer assumes for untagged video of so many rows: up to 576 BT.601, up to 2159 BT.709, then BT.2020. */
    public static Colorimetry untagged(PixelFormat pixels, int height) {
        if (pixels.family() == PixelFormat.Family.RGB) {
            return new Colorimetry(Range.FULL, Matrix.BT601);
        }
        Matrix large = height < ULTRA_HIGH_DEFINITION_ROWS ? Matrix.BT709 : Matrix.BT2020;
        return new Colorimetry(Range.LIMITED, height <= STANDARD_DEFINITION_ROWS ? Matrix.BT601 : large);
    }

    /** Code value range. */
    public enum Range {
        /** 0 to 255 for 8 bit, chroma around 128. */
        FULL,
        /** Luma 16 to 235 and chroma 16 to 240 for 8 bit; values beyond are kept, not clipped. */
        LIMITED
    }

    /** Luma coefficients of a Y'CbCr matrix. */
    public enum Matrix {
        /** ITU-R BT.601. */
        BT601(0.299, 0.114),
        /** ITU-R BT.709. */
        BT709(0.2126, 0.0722),
        /** ITU-R BT.2020, non-constant luminance. */
        BT2020(0.2627, 0.0593),
        /** SMPTE 240M. */
        SMPTE240M(0.212, 0.087),
        /** FCC. */
        FCC(0.30, 0.11);

        private final double kr;
        private final double kb;

        Matrix(double kr, double kb) {
            this.kr = kr;
            this.kb = kb;
        }

        /** Weight of red in luma. */
        public double kr() {
            return kr;
        }

        /** Weight of blue in luma. */
        public double kb() {
            return kb;
        }
    }
}
