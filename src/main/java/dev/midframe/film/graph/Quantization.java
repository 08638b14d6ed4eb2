package dev.midframe.film.graph;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How bytes stand for the channels of a tensor: a channel is the sum of its bytes, and each of these is scale * (byte - zero).
 *
 * @param channels which channel each byte belongs to, in rising order
 * @param scales of each byte
 * @param zero the byte of 0, for all
 */
public record Quantization(int[] channels, float[] scales, int zero) {

    private static final int LARGEST = 255;
    private static final int MIDDLE = 128;

    /** A byte each for numbers from {@code low}, at most 0, to {@code high}, at least 0. */
    static Quantization of(float low, float high, int channels) {
        float scale = (high - low) / LARGEST;
        return repeated(scale, Math.round(-low / scale), channels, 1);
    }

    /** A byte each, a given one for 0, for numbers from {@code low} to {@code high}. */
    static Quantization of(float low, float high, int zero, int channels) {
        return repeated(Math.max(-low / zero, high / (LARGEST - zero)), zero, channels, 1);
    }

    /** Some bytes each, for numbers from {@code -bytes * bound} to {@code bytes * bound}. */
    static Quantization around(float bound, int channels, int bytes) {
        return repeated(bound / (MIDDLE - 1), MIDDLE, channels, bytes);
    }

    private static Quantization repeated(float scale, int zero, int channels, int bytes) {
        float[] scales = new float[channels * bytes];
        Arrays.fill(scales, scale);
        return new Quantization(
                IntStream.range(0, scales.length).map(place -> place / bytes).toArray(), scales, zero);
    }

    /** These channels and then those of another, which has the same byte for 0. */
    public Quantization and(Quantization other) {
        if (zero != other.zero) {
            throw new IllegalArgumentException("bytes with " + zero + " and with " + other.zero + " for 0");
        }
        IntStream others = Arrays.stream(other.channels).map(channel -> count() + channel);
        float[] both = Arrays.copyOf(scales, scales.length + other.scales.length);
        System.arraycopy(other.scales, 0, both, scales.length, other.scales.length);
        return new Quantization(
                IntStream.concat(Arrays.stream(channels), others).toArray(), both, zero);
    }

    /** How many channels there are. */
    int count() {
        return channels[channels.length - 1] + 1;
    }

    /** The scale that all bytes have. */
    public float scale() {
        return scales[0];
    }
}
