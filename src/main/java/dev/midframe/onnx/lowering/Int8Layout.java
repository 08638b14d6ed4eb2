package dev.midframe.onnx.lowering;

import dev.midframe.film.graph.TensorLayout;

/** Quantized features, uint8 [N,H,W,C]. */
record Int8Layout(Quantization quantization) implements TensorLayout {

    @Override
    public int channels(int... shape) {
        return quantization.channelCount();
    }

    @Override
    public int height(int... shape) {
        return shape[1];
    }

    @Override
    public int width(int... shape) {
        return shape[2];
    }
}
