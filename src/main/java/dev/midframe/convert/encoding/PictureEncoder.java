package dev.midframe.convert.encoding;

/**
 * How pictures are encoded.
 *
 * @param element GStreamer's
 * @param interpolated the raw format that frames are interpolated in
 * @param text elements from interpolated frames to packets
 * @param pixelFormat what is encoded, by FFmpeg's name
 * @param tag the codec's four characters in QuickTime files; may be empty
 * @param even whether width and height have to be even
 */
public record PictureEncoder(
        Codec codec, String element, String interpolated, String text, String pixelFormat, String tag, boolean even) {

    private static final int WORST = 51;
    private static final int VP9_LEEWAY = 6;

    /**
     * The encoder of a codec in software; whether it is here is not asked.
     *
     * @param ten whether the film has more than 8 bits
     */
    public static PictureEncoder of(Codec codec, boolean ten, PictureQuality quality) {
        int level = quality.level();
        Effort effort = quality.effort();
        return switch (codec) {
            case H264 -> h264(ten, level, effort);
            case H265 -> h265(ten, level, effort);
            case AV1 -> av1(level, effort);
            case VP9 -> vp9(ten, level, effort);
            case PRORES -> prores(ten, level);
            case FFV1 -> ffv1(ten);
        };
    }

    /** Whether a codec keeps 10 bits here. */
    public static boolean keepsTenBits(Codec codec) {
        return codec != Codec.AV1;
    }

    private static PictureEncoder h264(boolean ten, int quality, Effort effort) {
        String speed = effort.of("veryfast", "medium", "slower");
        return new PictureEncoder(
                Codec.H264,
                "x264enc",
                raw(ten),
                "x264enc pass=qual quantizer=" + Math.min(quality, 50) + " speed-preset=" + speed
                        + " ! h264parse ! video/x-h264,stream-format=avc,alignment=au",
                pixels(ten),
                "",
                true);
    }

    private static PictureEncoder h265(boolean ten, int quality, Effort effort) {
        String speed = effort.of("veryfast", "medium", "slower");
        // Its scale gives the quality of x264's at some more. The text about itself that x265 puts into the stream has
        // bytes that
        // are never set, and the parser may take those for a picture.
        return new PictureEncoder(
                Codec.H265,
                "x265enc",
                raw(ten),
                "x265enc log-level=none option-string=info=0:crf=" + Math.min(quality + 3, WORST) + " speed-preset="
                        + speed + " ! h265parse ! video/x-h265,stream-format=hvc1,alignment=au",
                pixels(ten),
                "hvc1",
                true);
    }

    private static PictureEncoder av1(int quality, Effort effort) {
        int speed = effort.of(9, 6, 3);
        int quantizer = quality * 63 / WORST;
        return new PictureEncoder(
                Codec.AV1,
                "av1enc",
                raw(false),
                "av1enc end-usage=q min-quantizer=" + quantizer + " max-quantizer=" + quantizer + " cpu-used=" + speed
                        + " row-mt=true ! av1parse ! video/x-av1,stream-format=obu-stream,alignment=tu",
                pixels(false),
                "",
                false);
    }

    private static PictureEncoder vp9(boolean ten, int quality, Effort effort) {
        int speed = effort.of(6, 4, 1);
        int quantizer = quality * 63 / WORST;
        return new PictureEncoder(
                Codec.VP9,
                "vp9enc",
                raw(ten),
                "vp9enc deadline=1000000 cpu-used=" + speed + " row-mt=true end-usage=cq cq-level=" + quantizer
                        + " min-quantizer=" + Math.max(0, quantizer - VP9_LEEWAY) + " max-quantizer="
                        + Math.min(63, quantizer + VP9_LEEWAY),
                pixels(ten),
                "",
                false);
    }

    private static PictureEncoder prores(boolean ten, int quality) {
        boolean high = quality <= 20;
        return new PictureEncoder(
                Codec.PRORES,
                "avenc_prores_ks",
                raw(ten),
                "videoconvert ! video/x-raw,format=I422_10LE ! avenc_prores_ks profile=" + (high ? "hq" : "standard"),
                "yuv422p10le",
                high ? "apch" : "apcn",
                true);
    }

    private static PictureEncoder ffv1(boolean ten) {
        return new PictureEncoder(Codec.FFV1, "avenc_ffv1", raw(ten), "avenc_ffv1 slices=4", pixels(ten), "", false);
    }

    private static String raw(boolean ten) {
        return ten ? "I420_10LE" : "I420";
    }

    private static String pixels(boolean ten) {
        return ten ? "yuv420p10le" : "yuv420p";
    }
}
