package dev.midframe.server.webrtc;

import dev.midframe.pipeline.PipelineDescription;
import dev.midframe.server.websocket.SoundFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pipeline that sends one viewer what is encoded already. Nothing of what the viewer sent is in it but two small numbers. */
final class SessionPipeline {
    static final String PEER = "peer";
    static final String PICTURES = "pictures";
    static final String SOUND = "sound";

    private static final String SOURCE = "appsrc name=%s is-live=true format=time max-buffers=%d max-bytes=0"
            + " leaky-type=downstream caps=\"%s\" ! ";
    /** That many of the stream's are a whole number of RTP's. */
    static final long BASE_STEP_MICROS = 100;

    private static final long BASE_STEP_RTP = 9;
    private static final int WAITING_PICTURES = 120;
    private static final int WAITING_PACKETS = 200;

    private SessionPipeline() {}

    /**
     * @param baseMicros the stream's time at which this pipeline's begins, in whole {@link #BASE_STEP_MICROS}: the RTP times of
     *     pictures are the stream's all the same, so that a viewer can tell which is which
     * @param sound what the stream has; null for none
     */
    static PipelineDescription describe(Offer offer, long baseMicros, @Nullable SoundFormat sound) {
        String text = "webrtcbin name=" + PEER + " bundle-policy=max-bundle "
                + SOURCE.formatted(PICTURES, WAITING_PICTURES, "video/x-h264,stream-format=byte-stream,alignment=au")
                + "rtph264pay pt=" + offer.pictures()
                + " timestamp-offset=" + rtpTime(baseMicros) + " aggregate-mode=zero-latency config-interval=-1"
                + " ! application/x-rtp,media=video,encoding-name=H264,payload=" + offer.pictures() + " ! " + PEER
                + ". ";
        if (sound != null && offer.sound().isPresent()) {
            int payload = offer.sound().getAsInt();
            text += opus(sound)
                    .map(source -> source + "rtpopuspay pt=" + payload
                            + " ! application/x-rtp,media=audio,encoding-name=OPUS,payload=" + payload + " ! " + PEER
                            + ".")
                    .orElse("");
        }
        return PipelineDescription.of(text, Map.of());
    }

    private static long rtpTime(long micros) {
        return (micros / BASE_STEP_MICROS * BASE_STEP_RTP) & 0xffff_ffffL;
    }

    /** Whether a viewer can be sent this sound. */
    static boolean sends(@Nullable SoundFormat sound) {
        return sound != null && opus(sound).isPresent();
    }

    /** Browsers take Opus alone by WebRTC. Empty for sound that cannot become it. */
    private static Optional<String> opus(SoundFormat sound) {
        String form = ",rate=" + sound.sampleRate() + ",channels=" + sound.numberOfChannels();
        String coded = "audioconvert ! audioresample ! audio/x-raw,rate=48000,channels={1,2} ! opusenc ! ";
        return switch (sound.codec()) {
            case "opus" ->
                sound.numberOfChannels() > 2
                        ? Optional.empty()
                        : source("audio/x-opus,channel-mapping-family=0" + form, "");
            case "mp4a.40.2" ->
                source(
                        "audio/mpeg,mpegversion=4,framed=true" + form
                                + (sound.description() == null
                                        ? ",stream-format=adts"
                                        : ",stream-format=raw,codec_data=(buffer)" + sound.description()),
                        "avdec_aac ! " + coded);
            case "mp3" -> source("audio/mpeg,mpegversion=1,layer=3,parsed=true" + form, "avdec_mp3 ! " + coded);
            default -> Optional.empty();
        };
    }

    private static Optional<String> source(String caps, String then) {
        return Optional.of(SOURCE.formatted(SOUND, WAITING_PACKETS, caps) + then);
    }
}
