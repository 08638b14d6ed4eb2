package dev.midframe.server.websocket;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.midframe.pipeline.SoundCaps;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The format of coded sound, as a decoder in a browser is configured.
 *
 * @param codec as browsers name it: {@code opus}, {@code mp4a.40.2} or {@code mp3}
 * @param sampleRate samples a second
 * @param numberOfChannels one or more
 * @param description AAC's AudioSpecificConfig in hexadecimal digits; null where each packet brings what is needed
 */
public record SoundFormat(
        String codec,
        int sampleRate,
        int numberOfChannels,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String description)
        implements MediaFormat {

    private static final int OPUS_RATE = 48_000;

    /** Empty for sound that browsers do not decode. */
    public static Optional<SoundFormat> of(SoundCaps caps) {
        int channels = Math.max(1, caps.channels());
        return switch (caps.type()) {
            case "audio/x-opus" -> Optional.of(new SoundFormat("opus", OPUS_RATE, channels, null));
            case "audio/mpeg" ->
                Optional.of(new SoundFormat(
                        caps.version() == 1 ? "mp3" : "mp4a.40.2",
                        caps.rate(),
                        channels,
                        caps.setup().orElse(null)));
            default -> Optional.empty();
        };
    }
}
