package dev.midframe.onnx.lowering;

import dev.midframe.film.model.Kernel;
import java.util.Arrays;

/**
 * A kernel between quantized features: each output channel's weights are rounded to int8 by a scale of its own.
 *
 * @param weights [outputs, inputs, size, size], the scales of the input in them
 * @param biases in 32-bit integers, by the same scales
 * @param ratios of each output channel: the scale of its sums against that of its output
 */
record QuantizedKernel(String name, int outputs, int inputs, int size, byte[] weights, int[] biases, float[] ratios) {

    private static final int LARGEST_BIAS = 1 << 30;

    static QuantizedKernel of(Kernel kernel, Quantization input, Quantization output) {
        Kernel whole = kernel.withInputs(input.channels());
        int taps = kernel.size() * kernel.size();
        int row = whole.inputs() * taps;
        byte[] weights = new byte[kernel.outputs() * row];
        int[] biases = new int[kernel.outputs()];
        float[] ratios = new float[kernel.outputs()];
        for (int channel = 0; channel < kernel.outputs(); channel++) {
            float[] exact = Arrays.copyOfRange(whole.weights(), channel * row, (channel + 1) * row);
            for (int weight = 0; weight < row; weight++) {
                exact[weight] *= input.scales()[weight / taps];
            }
            float scale = scale(exact, kernel.biases()[channel]);
            for (int weight = 0; weight < row; weight++) {
                weights[channel * row + weight] = (byte) Math.round(exact[weight] / scale);
            }
            biases[channel] = Math.round(kernel.biases()[channel] / scale);
            ratios[channel] = scale / output.scales()[channel];
        }
        return new QuantizedKernel(
                kernel.name(), kernel.outputs(), whole.inputs(), kernel.size(), weights, biases, ratios);
    }

    /** So that int8 holds the weights, and a 32-bit integer the bias. */
    private static float scale(float[] weights, float bias) {
        float scale = Math.max(Float.MIN_NORMAL, Math.abs(bias) / LARGEST_BIAS);
        for (float weight : weights) {
            scale = Math.max(scale, Math.abs(weight) / Byte.MAX_VALUE);
        }
        return scale;
    }
}
