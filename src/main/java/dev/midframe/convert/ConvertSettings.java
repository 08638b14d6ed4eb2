package dev.midframe.convert;

import dev.midframe.cadence.Ratio;
import dev.midframe.convert.encoding.Codec;
import dev.midframe.convert.encoding.EncoderKind;
import dev.midframe.convert.encoding.PictureQuality;
import java.util.Optional;

/**
 * What is asked for.
 *
 * @param fps frames a second; empty where the factor decides
 * @param factor how many frames leave for one that comes
 * @param codec empty for the usual one of container and film
 * @param encoder what encodes the pictures
 * @param keepDepth whether an output whose pictures would have less than 10 of more bits is refused
 * @param duplicates as the element's property
 * @param sceneChange as the element's property
 * @param model as the element's property
 * @param backend as the element's property
 */
public record ConvertSettings(
        Optional<Ratio> fps,
        Ratio factor,
        Optional<Codec> codec,
        EncoderKind encoder,
        PictureQuality quality,
        boolean keepDepth,
        String duplicates,
        String sceneChange,
        String model,
        String backend) {

    /** The same with a rate in place of the factor. */
    ConvertSettings withFps(Ratio rate) {
        return new ConvertSettings(
                Optional.of(rate), factor, codec, encoder, quality, keepDepth, duplicates, sceneChange, model, backend);
    }
}
