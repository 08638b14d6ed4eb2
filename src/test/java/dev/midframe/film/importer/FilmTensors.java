package dev.midframe.film.importer;

import dev.midframe.film.weights.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;

/** Names and shapes of a FILM in its published form, of any width, and numbers for them. */
final class FilmTensors {

    static final List<Integer> PUBLISHED_FLOW_FILTERS = List.of(32, 64, 128, 256);
    static final List<Integer> SMALL_FLOW_FILTERS = List.of(4, 8, 8, 16);

    private FilmTensors() {}

    /** Shapes by name; kernels are OIHW. */
    static SequencedMap<String, List<Integer>> shapes(int k, List<Integer> flowFilters) {
        SequencedMap<String, List<Integer>> shapes = new LinkedHashMap<>();
        int inputs = 3;
        for (int depth = 0; depth < 4; depth++) {
            convolution(shapes, "extract.extract_sublevels.convs." + depth + ".0.0", k << depth, inputs, 3);
            convolution(shapes, "extract.extract_sublevels.convs." + depth + ".1.0", k << depth, k << depth, 3);
            inputs = k << depth;
        }
        for (int level = 0; level < 4; level++) {
            int filters = flowFilters.get(level);
            String name = "predict_flow." + (level < 3 ? "_predictors." + (2 - level) : "_predictor") + "._convs.";
            convolution(shapes, name + "0.0", filters, 2 * features(k, level), 3);
            convolution(shapes, name + "1.0", filters, filters, 3);
            convolution(shapes, name + "2.0", filters, filters, 3);
            convolution(shapes, name + "3.0", filters / 2, filters, 1);
            convolution(shapes, name + "4.0", 2, filters / 2, 1);
        }
        inputs = aligned(k, 4);
        for (int step = 0; step < 4; step++) {
            int level = 3 - step;
            int filters = k << Math.min(level, 3);
            convolution(shapes, "fuse.convs." + step + ".0.0", filters, inputs, 2);
            convolution(shapes, "fuse.convs." + step + ".1.0", filters, aligned(k, level) + filters, 3);
            convolution(shapes, "fuse.convs." + step + ".2.0", filters, filters, 3);
            inputs = filters;
        }
        convolution(shapes, "fuse.output_conv", 3, k, 1);
        return shapes;
    }

    /** Tensors of these shapes with small random numbers, always the same ones. */
    static List<Tensor> random(SequencedMap<String, List<Integer>> shapes) {
        Random random = new Random(42);
        List<Tensor> tensors = new ArrayList<>();
        shapes.forEach((name, shape) -> {
            float[] values = new float[shape.stream().reduce(1, (a, b) -> a * b)];
            for (int index = 0; index < values.length; index++) {
                values[index] = random.nextFloat() - 0.5f;
            }
            tensors.add(Tensor.of(name, shape, values));
        });
        return tensors;
    }

    private static int features(int k, int level) {
        return k * ((1 << Math.min(level + 1, 4)) - 1);
    }

    private static int aligned(int k, int level) {
        return 2 * (3 + features(k, level)) + 4;
    }

    private static void convolution(
            SequencedMap<String, List<Integer>> shapes, String name, int outputs, int inputs, int size) {
        shapes.put(name + ".weight", List.of(outputs, inputs, size, size));
        shapes.put(name + ".bias", List.of(outputs));
    }
}
