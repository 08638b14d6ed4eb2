package dev.midframe.convert;

import dev.midframe.cadence.Ratio;
import java.util.Optional;

/**
 * What is asked for.
 *
 * @param fps frames a second; empty where the factor decides
 * @param factor how many frames leave for one that comes
 * @param codec empty for the usual one of container and film
 * @param quality as x264's constant quality: 0 is the best and largest, 51 the worst; 18 to 23 are usual
 * @param duplicates as the element's property
 * @param sceneChange as the element's property
 * @param model as the element's property
 * @param backend as the element's property
 */
public record ConvertSettings(
        Optional<Ratio> fps,
        Ratio factor,
        Optional<Codec> codec,
        int quality,
        Effort effort,
        String duplicates,
        String sceneChange,
        String model,
        String backend) {}
