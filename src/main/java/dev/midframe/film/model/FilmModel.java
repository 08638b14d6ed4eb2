package dev.midframe.film.model;

import dev.midframe.film.ModelException;
import dev.midframe.film.weights.Safetensors;
import dev.midframe.film.weights.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A FILM network with its weights, complete: every tensor the configuration needs is there in the right shape, and no other.
 *
 * @param name users write it, for example {@code film-lite}
 * @param config the network's shape
 * @param weights by tensor name; kernels are OIHW
 * @param metadata what the weights' file says of them, by key
 */
public record FilmModel(String name, FilmConfig config, Map<String, Tensor> weights, Map<String, String> metadata) {

    /** What a model's file name ends in. */
    public static final String EXTENSION = ".safetensors";

    /**
     * Takes a network's weights from safetensors. Without {@code film.config} in the metadata the configuration is read off
     * the shapes, with the published number of levels.
     *
     * @throws ModelException naming tensors that are missing, of another shape, unknown, or not finite
     */
    public static FilmModel of(String name, Safetensors content) {
        try {
            String json = content.metadata().get(FilmConfig.METADATA_KEY);
            FilmConfig config = json == null ? new FilmShapes(content.tensors()).config() : FilmConfig.fromJson(json);
            checkTensors(config, content.tensors());
            content.tensors().values().forEach(Tensor::requireFinite);
            return new FilmModel(name, config, content.tensors(), content.metadata());
        } catch (ModelException e) {
            throw new ModelException("the model " + name + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Opens a model's file; it stays mapped while the model is reachable.
     *
     * @throws ModelException when the file cannot be read or holds no complete FILM network
     */
    public static FilmModel open(Path file) {
        String fileName = file.getFileName().toString();
        String name =
                fileName.endsWith(EXTENSION) ? fileName.substring(0, fileName.length() - EXTENSION.length()) : fileName;
        return of(name, Safetensors.map(file, Arena.ofAuto()));
    }

    /** A network with random weights, for measuring what it costs: the same seed gives the same weights. */
    public static FilmModel random(String name, FilmConfig config, long seed) {
        return of(name, new RandomWeights(config, seed).tensors());
    }

    /** Reads a model that is no file of its own, such as one inside the program's jar. */
    static FilmModel read(String name, URL location) {
        try (InputStream stream = location.openStream()) {
            return of(name, Safetensors.parse(name + EXTENSION, MemorySegment.ofArray(stream.readAllBytes())));
        } catch (IOException e) {
            throw new ModelException("cannot read the weights of " + name + ": " + e, e);
        }
    }

    /** How many elements the weights have. */
    public long parameters() {
        return weights.values().stream().mapToLong(Tensor::elements).sum();
    }

    /** SHA-256 of configuration, names, shapes and weights, as hexadecimal digits. */
    public String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(config.toJson().getBytes(StandardCharsets.UTF_8));
            for (Tensor tensor : weights.values()) {
                String header = tensor.name() + tensor.type() + tensor.shape();
                digest.update(header.getBytes(StandardCharsets.UTF_8));
                digest.update(tensor.data().asByteBuffer());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Tensor weight(String tensor) {
        return weights.get(tensor);
    }

    private static void checkTensors(FilmConfig config, Map<String, Tensor> tensors) {
        Map<String, List<Integer>> expected = new LinkedHashMap<>();
        for (FilmLayer layer : FilmLayer.of(config)) {
            expected.put(layer.name() + ".weight", layer.weightShape());
            expected.put(layer.name() + ".bias", List.of(layer.outputs()));
        }
        List<String> faults = new ArrayList<>();
        expected.forEach((name, shape) -> {
            Tensor tensor = tensors.get(name);
            if (tensor == null) {
                faults.add(name + " is missing");
            } else if (!tensor.shape().equals(shape)) {
                faults.add(name + " is " + tensor.shape() + " instead of " + shape);
            }
        });
        tensors.keySet().stream()
                .filter(name -> !expected.containsKey(name))
                .forEach(name -> faults.add(name + " is unknown"));
        if (!faults.isEmpty()) {
            String more = faults.size() > 3 ? "; and " + (faults.size() - 3) + " more" : "";
            throw new ModelException(String.join("; ", faults.subList(0, Math.min(3, faults.size()))) + more);
        }
    }
}
