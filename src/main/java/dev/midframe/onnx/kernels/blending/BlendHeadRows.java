package dev.midframe.onnx.kernels.blending;

/** What the blend head's layers see, put together row by row: features, and both warped pictures at half their size. */
interface BlendHeadRows {

    /** Begins a row by the features. */
    void features(DecoderOutput decoded, int y, int reduction);

    /** The upper or the lower line of luma that falls on the row; in whole vectors. */
    void luma(int side, int lower, float[] line);

    /** A line of chroma at the row's size; in whole vectors. */
    void chroma(int side, int channel, float[] line);

    /** Ends the row. */
    void write(int y);
}
