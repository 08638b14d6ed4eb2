package dev.midframe.video;

/**
 * A frame's memory layout, named as GStreamer names its raw video formats.
 *
 * <p>Chroma planes of odd sizes round up, as in GStreamer.
 */
public enum PixelFormat {
    /** Planes Y, U, V; 8 bit; chroma halved both ways. */
    I420(3, 1, 8, 1, 1, Family.YUV),
    /** Planes Y and interleaved UV; 8 bit; chroma halved both ways. */
    NV12(2, 1, 8, 1, 1, Family.YUV),
    /** Planes Y, U, V; 8 bit; chroma halved horizontally. */
    Y42B(3, 1, 8, 1, 0, Family.YUV),
    /** Planes Y, U, V; 8 bit; full chroma. */
    Y444(3, 1, 8, 0, 0, Family.YUV),
    /** Planes Y, U, V; 10 bit in the low bits of little-endian 16-bit words; chroma halved both ways. */
    I420_10LE(3, 2, 10, 1, 1, Family.YUV),
    /** Planes Y and interleaved UV; 10 bit in the high bits of little-endian 16-bit words; chroma halved both ways. */
    P010_10LE(2, 2, 10, 1, 1, Family.YUV),
    /** One plane of R, G, B bytes. */
    RGB(1, 1, 8, 0, 0, Family.RGB),
    /** One plane of R, G, B and one unused byte. */
    RGBx(1, 1, 8, 0, 0, Family.RGB),
    /** One plane of B, G, R and one unused byte. */
    BGRx(1, 1, 8, 0, 0, Family.RGB);

    /** What the samples mean. */
    public enum Family {
        /** Luma and two colour differences. */
        YUV,
        /** Red, green and blue. */
        RGB
    }

    private final int planes;
    private final int bytesPerSample;
    private final int bitDepth;
    private final int chromaShiftX;
    private final int chromaShiftY;
    private final Family family;

    PixelFormat(int planes, int bytesPerSample, int bitDepth, int chromaShiftX, int chromaShiftY, Family family) {
        this.planes = planes;
        this.bytesPerSample = bytesPerSample;
        this.bitDepth = bitDepth;
        this.chromaShiftX = chromaShiftX;
        this.chromaShiftY = chromaShiftY;
        this.family = family;
    }

    /** Number of memory planes, 1 to 3. */
    public int planes() {
        return planes;
    }

    /** Bytes of one sample, 1 or 2. */
    public int bytesPerSample() {
        return bytesPerSample;
    }

    /** Significant bits of one sample, 8 or 10. */
    public int bitDepth() {
        return bitDepth;
    }

    /** log2 of the horizontal chroma subsampling, 0 or 1. */
    public int chromaShiftX() {
        return chromaShiftX;
    }

    /** log2 of the vertical chroma subsampling, 0 or 1. */
    public int chromaShiftY() {
        return chromaShiftY;
    }

    /** YUV or RGB. */
    public Family family() {
        return family;
    }

    /** Samples side by side in one position of a plane: 1, 2 for interleaved chroma, 3 or 4 for packed RGB. */
    public int samplesPerPosition(int plane) {
        return switch (this) {
            case NV12, P010_10LE -> plane == 0 ? 1 : 2;
            case RGB -> 3;
            case RGBx, BGRx -> 4;
            default -> 1;
        };
    }

    /** Width of a plane in positions (of one or more samples) for a frame of the given width. */
    public int planeWidth(int plane, int width) {
        return plane == 0 ? width : -(-width >> chromaShiftX);
    }

    /** Rows of a plane for a frame of the given height. */
    public int planeHeight(int plane, int height) {
        return plane == 0 ? height : -(-height >> chromaShiftY);
    }

    /** Bytes of one row of a plane without padding. */
    public int rowBytes(int plane, int width) {
        return planeWidth(plane, width) * samplesPerPosition(plane) * bytesPerSample;
    }
}
