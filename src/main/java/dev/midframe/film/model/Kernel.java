package dev.midframe.film.model;

import dev.midframe.film.weights.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A convolution: weights [outputs, inputs, size, size] row-major, and biases. */
public record Kernel(String name, int outputs, int inputs, int size, float[] weights, float[] biases) {

    /** Stands for no input. */
    public static final int NOTHING = -1;

    public static Kernel of(FilmModel model, String layer) {
        Tensor weight = model.weight(layer + ".weight");
        return new Kernel(
                layer,
                weight.shape().get(0),
                weight.shape().get(1),
                weight.shape().get(2),
                weight.toFloats(),
                model.weight(layer + ".bias").toFloats());
    }

    /** A 1x1 convolution: a matrix over channels, and an offset. */
    public static Kernel matrix(String name, float[][] rows, float... offsets) {
        float[] weights = new float[rows.length * rows[0].length];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, weights, row * rows[0].length, rows[0].length);
        }
        return new Kernel(name, rows.length, rows[0].length, 1, weights, offsets);
    }

    /**
     * This 2x2 convolution behind nearest-neighbour upsampling by two, as one 2x2 convolution before a depth-to-space by
     * two: the same sums, without the four times larger picture in between. Both pad right and bottom.
     */
    public Kernel beforeDepthToSpace() {
        float[] phases = new float[outputs * 4 * inputs * 4];
        float[] phaseBiases = new float[outputs * 4];
        for (int output = 0; output < outputs; output++) {
            for (int phase = 0; phase < 4; phase++) {
                int row = output * 4 + phase;
                phaseBiases[row] = biases[output];
                for (int input = 0; input < inputs; input++) {
                    for (int tap = 0; tap < 4; tap++) {
                        int y = ((phase >> 1) + (tap >> 1)) >> 1;
                        int x = ((phase & 1) + (tap & 1)) >> 1;
                        phases[((row * inputs + input) << 2) + 2 * y + x] +=
                                weights[((output * inputs + input) << 2) + tap];
                    }
                }
            }
        }
        return new Kernel(name + ".phases", outputs * 4, inputs, 2, phases, phaseBiases);
    }

    /**
     * The weights of this 2x2 convolution behind nearest-neighbour upsampling by two, as one transposed 3x3 convolution of stride
     * 2: the same sums, of nine taps instead of sixteen.
     *
     * @return [inputs, outputs, 3, 3], as ONNX's ConvTranspose takes them, to be padded by one at the top and the left
     */
    public float[] transposed() {
        float[] taps = new float[inputs * outputs * 9];
        for (int output = 0; output < outputs; output++) {
            for (int input = 0; input < inputs; input++) {
                for (int tap = 0; tap < 4; tap++) {
                    float weight = weights[((output * inputs + input) << 2) + tap];
                    // An output sees through tap 0 the pixel that it lies in, through tap 1 that of the next output.
                    int first = (input * outputs + output) * 9 + (1 - (tap >> 1)) * 3 + 1 - (tap & 1);
                    taps[first] += weight;
                    taps[first + 1] += weight;
                    taps[first + 3] += weight;
                    taps[first + 4] += weight;
                }
            }
        }
        return taps;
    }

    /** The same sums without the biases. */
    public Kernel withoutBiases() {
        return new Kernel(name + ".unbiased", outputs, inputs, size, weights, new float[outputs]);
    }

    /** The same sums with output {@code order[i]} as output i. */
    public Kernel withOutputs(int... order) {
        float[] reordered = new float[weights.length];
        float[] reorderedBiases = new float[outputs];
        int row = inputs * size * size;
        for (int output = 0; output < outputs; output++) {
            System.arraycopy(weights, order[output] * row, reordered, output * row, row);
            reorderedBiases[output] = biases[order[output]];
        }
        return new Kernel(name + ".reordered", outputs, inputs, size, reordered, reorderedBiases);
    }

    /** The same sums, and outputs of 0 behind them, so many in all. */
    public Kernel padded(int count) {
        float[] more = Arrays.copyOf(weights, count * inputs * size * size);
        return new Kernel(name + ".padded", count, inputs, size, more, Arrays.copyOf(biases, count));
    }

    /**
     * The same sums where input {@code order[i]} comes as input i, or as the sum of those inputs whose order it is.
     *
     * @param order {@link #NOTHING} for inputs that count nothing
     */
    public Kernel withInputs(int... order) {
        int taps = size * size;
        float[] reordered = new float[outputs * order.length * taps];
        for (int pair = 0; pair < outputs * order.length; pair++) {
            int input = order[pair % order.length];
            if (input != NOTHING) {
                int from = pair / order.length * inputs + input;
                System.arraycopy(weights, from * taps, reordered, pair * taps, taps);
            }
        }
        return new Kernel(name + ".reordered", outputs, order.length, size, reordered, biases);
    }

    /** Channels c * count + phase as phase * channels + c: what belongs to one phase together. */
    public static int[] byPhase(int channels, int count) {
        return IntStream.range(0, channels * count)
                .map(channel -> channel % channels * count + channel / channels)
                .toArray();
    }
}
