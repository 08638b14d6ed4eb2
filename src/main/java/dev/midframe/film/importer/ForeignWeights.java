package dev.midframe.film.importer;

import dev.midframe.film.weights.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Weights as another program saved them, under the project's names and in its layouts (kernels OIHW).
 *
 * @param kind what was read, in words
 * @param files that were read
 * @param tensors in no particular order
 * @param levels of the image pyramid, where the file has it: no tensor's shape does
 * @param metadata what the file says of them besides, by key
 */
record ForeignWeights(
        String kind, List<Path> files, List<Tensor> tensors, OptionalInt levels, Map<String, String> metadata) {}
