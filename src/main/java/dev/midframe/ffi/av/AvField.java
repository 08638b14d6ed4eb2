package dev.midframe.ffi.av;

/**
 * Where the fields lie, in bytes, in the 64-bit binary interfaces of FFmpeg 5 (libavformat 59) and 7 (libavformat 61).
 * {@code native/libav-offsets.c} prints the same numbers from the installed headers.
 *
 * <p>Side data lie in AVStream first, and in AVCodecParameters since.
 */
public enum AvField {
    FORMAT_INPUT(8, 8),
    FORMAT_OUTPUT(16, 16),
    FORMAT_IO(32, 32),
    FORMAT_STREAM_COUNT(44, 44),
    FORMAT_STREAMS(48, 48),
    FORMAT_START_TIME(64, 96),
    FORMAT_DURATION(72, 104),
    FORMAT_FLAGS(96, 128),
    FORMAT_PROBE_SIZE(104, 136),
    FORMAT_CHAPTER_COUNT(164, 72),
    FORMAT_CHAPTERS(168, 80),
    FORMAT_METADATA(176, 192),
    INPUT_NAME(0, 0),
    INPUT_FLAGS(16, 16),
    STREAM_INDEX(0, 8),
    STREAM_ID(4, 12),
    STREAM_TIME_BASE(16, 32),
    STREAM_START_TIME(24, 40),
    STREAM_DURATION(32, 48),
    STREAM_FRAMES(40, 56),
    STREAM_DISPOSITION(48, 64),
    STREAM_DISCARD(52, 68),
    STREAM_ASPECT(56, 72),
    STREAM_METADATA(64, 80),
    STREAM_FRAME_RATE(72, 88),
    STREAM_PICTURE(80, 96),
    STREAM_CODEC(208, 16),
    CODEC_TYPE(0, 0),
    CODEC_ID(4, 4),
    CODEC_TAG(8, 8),
    CODEC_EXTRADATA(16, 16),
    CODEC_EXTRADATA_SIZE(24, 24),
    CODEC_FORMAT(28, 44),
    CODEC_PROFILE(48, 64),
    CODEC_LEVEL(52, 68),
    CODEC_WIDTH(56, 72),
    CODEC_HEIGHT(60, 76),
    CODEC_ASPECT(64, 80),
    CODEC_FIELD_ORDER(72, 96),
    CODEC_COLOR_RANGE(76, 100),
    CODEC_COLOR_PRIMARIES(80, 104),
    CODEC_COLOR_TRANSFER(84, 108),
    CODEC_COLOR_SPACE(88, 112),
    CODEC_CHROMA_LOCATION(92, 116),
    CODEC_SAMPLE_RATE(116, 152),
    CODEC_FRAME_SIZE(124, 160),
    CODEC_INITIAL_PADDING(128, 164),
    CODEC_CHANNELS(148, 132),
    SIDE_DATA(184, 32),
    SIDE_DATA_COUNT(192, 40),
    SIDE_DATA_BYTES(0, 0),
    SIDE_DATA_SIZE(8, 8),
    SIDE_DATA_TYPE(16, 16),
    SIDE_DATA_ENTRY(24, 24),
    PACKET_PTS(8, 8),
    PACKET_DTS(16, 16),
    PACKET_DATA(24, 24),
    PACKET_SIZE(32, 32),
    PACKET_STREAM(36, 36),
    PACKET_FLAGS(40, 40),
    PACKET_DURATION(64, 64),
    CHAPTER_ID(0, 0),
    CHAPTER_TIME_BASE(8, 8),
    CHAPTER_START(16, 16),
    CHAPTER_END(24, 24),
    CHAPTER_METADATA(32, 32),
    CHAPTER_ENTRY(40, 40),
    ENTRY_KEY(0, 0),
    ENTRY_VALUE(8, 8);

    private final int in59;
    private final int in61;

    AvField(int in59, int in61) {
        this.in59 = in59;
        this.in61 = in61;
    }

    /**
     * The offset.
     *
     * @param major libavformat's
     */
    int in(int major) {
        return major == 59 ? in59 : in61;
    }
}
