package dev.midframe.convert.encoding;

import dev.midframe.container.PictureFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Encoders in hardware: GStreamer's plugins list only those whose device they have found. */
final class HardwareEncoders {

    private static final int GREATEST_QUANTIZER = 51;
    private static final double USUAL_RATE = 30;

    private static final Map<Codec, String> STREAMS = Map.of(
            Codec.H264, "h264parse ! video/x-h264,stream-format=avc,alignment=au",
            Codec.H265, "h265parse ! video/x-h265,stream-format=hvc1,alignment=au");

    private HardwareEncoders() {}

    /**
     * Those of a kind, or of all kinds, that encode a codec, the one to prefer first; whether they are here is not asked.
     *
     * @param film whose pictures are encoded: those of Video4Linux are told a bit rate
     */
    static List<PictureEncoder> of(
            EncoderKind kind, Codec codec, boolean ten, PictureFormat film, PictureQuality quality) {
        List<EncoderKind> kinds =
                kind == EncoderKind.AUTO ? List.of(EncoderKind.NVENC, EncoderKind.VA, EncoderKind.V4L2) : List.of(kind);
        return kinds.stream()
                .flatMap(one -> of(one, codec, ten, quality, bitRate(film, quality)).stream())
                .toList();
    }

    private static Optional<PictureEncoder> of(
            EncoderKind kind, Codec codec, boolean ten, PictureQuality quality, long bitRate) {
        String stream = STREAMS.get(codec);
        if (stream == null || ten && (codec == Codec.H264 || kind == EncoderKind.V4L2)) {
            return Optional.empty();
        }
        String name = codec.name().toLowerCase(Locale.ROOT);
        int quantizer = Math.min(GREATEST_QUANTIZER, quality.level() + 2);
        return switch (kind) {
            case AUTO, SOFTWARE -> Optional.empty();
            case NVENC ->
                Optional.of(encoder(
                        codec,
                        "nv" + name + "enc",
                        "rc-mode=constqp qp-const=" + quantizer + " preset="
                                + quality.effort().of("hp", "hq", "hq"),
                        stream,
                        ten));
            case VA ->
                Optional.of(encoder(
                        codec,
                        "va" + name + "enc",
                        "rate-control=cqp qpi=" + quantizer + " qpp=" + quantizer + " qpb=" + quantizer
                                + " target-usage=" + quality.effort().of(7, 4, 1),
                        stream,
                        ten));
            case V4L2 ->
                Optional.of(encoder(
                        codec,
                        "v4l2" + name + "enc",
                        "extra-controls=\"encode,video_bitrate=" + bitRate + "\"",
                        stream,
                        ten));
        };
    }

    private static PictureEncoder encoder(Codec codec, String element, String options, String stream, boolean ten) {
        return new PictureEncoder(
                codec,
                element,
                ten ? "P010_10LE" : "NV12",
                element + " " + options + " ! " + stream,
                ten ? "yuv420p10le" : "yuv420p",
                codec == Codec.H265 ? "hvc1" : "",
                true);
    }

    /** About what x264 comes to: a tenth of a bit for a pixel at 20, half as much for 6 steps more. */
    private static long bitRate(PictureFormat film, PictureQuality quality) {
        double rate = film.rate().isKnown() ? 2 * film.rate().value() : 2 * USUAL_RATE;
        return Math.round(0.1 * film.width() * film.height() * rate * Math.pow(2, (20 - quality.level()) / 6.0));
    }
}
