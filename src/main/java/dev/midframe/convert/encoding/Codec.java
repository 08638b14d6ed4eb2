package dev.midframe.convert.encoding;

/** How pictures are encoded. */
public enum Codec {
    H264("h264"),
    H265("hevc"),
    AV1("av1"),
    VP9("vp9"),
    PRORES("prores"),
    /** Without loss. */
    FFV1("ffv1");

    private final String ffmpegName;

    Codec(String ffmpegName) {
        this.ffmpegName = ffmpegName;
    }

    /** What FFmpeg calls it. */
    public String ffmpegName() {
        return ffmpegName;
    }
}
