package dev.midframe.convert.encoding;

import dev.midframe.pipeline.InstalledGStreamer;
import dev.midframe.pipeline.PipelineException;

/**
 * How sound is encoded that a container cannot hold as it is.
 *
 * @param codec FFmpeg's name
 * @param text elements from raw sound to packets
 * @param padding samples that the encoder puts before the first
 * @param frameSize samples of a packet
 */
public record SoundEncoder(String codec, String text, int padding, int frameSize) {

    /** @param codec {@code aac}, {@code opus} or {@code pcm_s16le} */
    public static SoundEncoder of(String codec) {
        SoundEncoder encoder =
                switch (codec) {
                    case "aac" -> new SoundEncoder(codec, "avenc_aac bitrate=192000", 1024, 1024);
                    case "opus" ->
                        new SoundEncoder(
                                codec, "audio/x-raw,rate=48000 ! opusenc bitrate=160000 bitrate-type=vbr", 312, 960);
                    case "pcm_s16le" ->
                        new SoundEncoder(codec, "audio/x-raw,format=S16LE,layout=interleaved ! identity", 0, 0);
                    default -> throw new IllegalArgumentException("no encoder of " + codec);
                };
        String element = encoder.text.replaceFirst("^audio/\\S+ ! ", "").split(" ")[0];
        if (!InstalledGStreamer.has(element)) {
            throw new PipelineException("sound has to be encoded as " + codec + ", and GStreamer's " + element
                    + " is not installed here; ./midframe installs what is missing");
        }
        return encoder;
    }

    /** How long the padding lasts. */
    public long paddingNanos(int sampleRate) {
        int rate = codec.equals("opus") ? 48_000 : sampleRate;
        return rate == 0 ? 0 : padding * 1_000_000_000L / rate;
    }
}
