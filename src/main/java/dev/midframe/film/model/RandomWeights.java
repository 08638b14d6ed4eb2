package dev.midframe.film.model;

import dev.midframe.film.weights.Safetensors;
import dev.midframe.film.weights.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Weights that were never trained: what a network costs does not depend on what it knows. */
record RandomWeights(FilmConfig config, long seed) {

    /** Keeps the size of what passes a leaky ReLU of 0.2 about the same from layer to layer. */
    private static final double GAIN = Math.sqrt(2 / (1 + 0.2 * 0.2));

    Safetensors tensors() {
        Random random = new Random(seed);
        LinkedHashMap<String, Tensor> tensors = new LinkedHashMap<>();
        for (FilmLayer layer : FilmLayer.of(config)) {
            double scale = GAIN / Math.sqrt((double) layer.inputs() * layer.kernel() * layer.kernel());
            put(tensors, normal(random, layer.name() + ".weight", layer.weightShape(), scale));
            put(tensors, normal(random, layer.name() + ".bias", List.of(layer.outputs()), 0.01));
        }
        return new Safetensors(Map.of(FilmConfig.METADATA_KEY, config.toJson()), tensors);
    }

    private static Tensor normal(Random random, String name, List<Integer> shape, double scale) {
        float[] values = new float[shape.stream().reduce(1, Math::multiplyExact)];
        for (int index = 0; index < values.length; index++) {
            values[index] = (float) (random.nextGaussian() * scale);
        }
        return Tensor.of(name, shape, values);
    }

    private static void put(Map<String, Tensor> tensors, Tensor tensor) {
        tensors.put(tensor.name(), tensor);
    }
}
