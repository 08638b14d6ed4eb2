package dev.midframe.onnx.lowering;

import dev.midframe.film.model.Kernel;
import java.util.List;

/**
 * Channels in blocks, as ONNX Runtime's fastest CPU convolutions take them: [N, C / block, H, W, block]. What was concatenated
 * begins at a block each; blocks are filled up with zeros.
 *
 * @param size channels of a block, at least 2
 */
record NchwcBlocks(int size) {

    NchwcBlocks {
        if (size < 2) {
            throw new IllegalArgumentException("a block of " + size + " channels");
        }
    }

    /** Channels that are stored for so many. */
    int stored(int channels) {
        return Math.ceilDiv(channels, size) * size;
    }

    /** Channels that are stored for parts that were concatenated. */
    int stored(List<Integer> parts) {
        return parts.stream().mapToInt(this::stored).sum();
    }

    /**
     * A kernel's weights [outputs / block, inputs / block, size, size, block of inputs, block of outputs], zero where blocks are
     * filled up.
     *
     * @param inputs channels of each part, together the kernel's
     * @param outputs likewise
     */
    float[] weights(Kernel kernel, List<Integer> inputs, List<Integer> outputs) {
        int[] storedInputs = storedChannels(inputs);
        int[] storedOutputs = storedChannels(outputs);
        int taps = kernel.size() * kernel.size();
        int inputBlocks = stored(inputs) / size;
        float[] weights = new float[stored(outputs) * inputBlocks * size * taps];
        for (int output = 0; output < kernel.outputs(); output++) {
            for (int input = 0; input < kernel.inputs(); input++) {
                int to = storedOutputs[output];
                int from = storedInputs[input];
                int pair = (to / size * inputBlocks + from / size) * taps;
                for (int tap = 0; tap < taps; tap++) {
                    weights[((pair + tap) * size + from % size) * size + to % size] =
                            kernel.weights()[(output * kernel.inputs() + input) * taps + tap];
                }
            }
        }
        return weights;
    }

    /** A kernel's biases, zero where blocks are filled up. */
    float[] biases(Kernel kernel, List<Integer> outputs) {
        int[] channels = storedChannels(outputs);
        float[] biases = new float[stored(outputs)];
        for (int output = 0; output < kernel.outputs(); output++) {
            biases[channels[output]] = kernel.biases()[output];
        }
        return biases;
    }

    /** Where the channels of parts are stored. */
    private int[] storedChannels(List<Integer> parts) {
        int[] channels = new int[parts.stream().mapToInt(Integer::intValue).sum()];
        int channel = 0;
        int start = 0;
        for (int part : parts) {
            for (int index = 0; index < part; index++) {
                channels[channel++] = start + index;
            }
            start += stored(part);
        }
        return channels;
    }
}
