package dev.midframe.onnx.lowering;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What the uint8 elements of a position stand for: each is scale * (element - zero point), and a channel is the sum of its
 * elements, mostly of one.
 *
 * @param channels the channel of each element, in rising order
 * @param scales of each element
 * @param zeroPoint the element that stands for 0, the same for all
 */
record Quantization(int[] channels, float[] scales, int zeroPoint) {

    private static final int LARGEST = 255;
    private static final int MIDDLE = 128;

    /** An element a channel, for values from {@code low}, at most 0, to {@code high}, at least 0. */
    static Quantization of(float low, float high, int channels) {
        float scale = (high - low) / LARGEST;
        return repeated(scale, Math.round(-low / scale), channels, 1);
    }

    /** An element a channel with a given zero point, for values from {@code low} to {@code high}. */
    static Quantization of(float low, float high, int zeroPoint, int channels) {
        return repeated(Math.max(-low / zeroPoint, high / (LARGEST - zeroPoint)), zeroPoint, channels, 1);
    }

    /** Some elements a channel, for values from {@code -elements * bound} to {@code elements * bound}. */
    static Quantization symmetric(float bound, int channels, int elements) {
        return repeated(bound / (MIDDLE - 1), MIDDLE, channels, elements);
    }

    private static Quantization repeated(float scale, int zeroPoint, int channels, int elements) {
        float[] scales = new float[channels * elements];
        Arrays.fill(scales, scale);
        return new Quantization(
                IntStream.range(0, scales.length)
                        .map(element -> element / elements)
                        .toArray(),
                scales,
                zeroPoint);
    }

    /** These channels and then those of another, which has the same zero point. */
    Quantization and(Quantization other) {
        if (zeroPoint != other.zeroPoint) {
            throw new IllegalArgumentException(
                    "zero points " + zeroPoint + " and " + other.zeroPoint + " in one tensor");
        }
        IntStream others = Arrays.stream(other.channels).map(channel -> channelCount() + channel);
        float[] both = Arrays.copyOf(scales, scales.length + other.scales.length);
        System.arraycopy(other.scales, 0, both, scales.length, other.scales.length);
        return new Quantization(
                IntStream.concat(Arrays.stream(channels), others).toArray(), both, zeroPoint);
    }

    int channelCount() {
        return channels[channels.length - 1] + 1;
    }

    /** The scale that all elements have. */
    float scale() {
        return scales[0];
    }
}
