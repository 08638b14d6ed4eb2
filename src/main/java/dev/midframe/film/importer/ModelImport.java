package dev.midframe.film.importer;

import dev.midframe.film.ModelException;
import dev.midframe.film.model.FilmConfig;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.FilmModels;
import dev.midframe.film.weights.Safetensors;
import dev.midframe.film.weights.SafetensorsWriter;
import dev.midframe.film.weights.Tensor;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Makes one of the user's models from weights that another program saved. */
public final class ModelImport {

    private final FilmModels models;

    /** Imports into the user's folder of these models. */
    public ModelImport(FilmModels models) {
        this.models = models;
    }

    /**
     * Imports weights. Either the whole model is there afterwards, or nothing is.
     *
     * @param source a TorchScript archive, a PyTorch state dictionary, a TensorFlow SavedModel's folder, or safetensors
     * @param name what the model shall be called
     * @return the model
     * @throws ModelException when the source cannot be used (what is missing, unknown or of another shape is named), or
     *     there is a model of that name already
     */
    public FilmModel run(Path source, String name) {
        Path target = models.file(name);
        if (Files.exists(target)) {
            throw new ModelException(
                    "there is a model " + name + " already; remove it or take another name (" + target + ")");
        }
        try (Arena arena = Arena.ofConfined()) {
            ForeignWeights weights = Source.of(source).read(arena);
            FilmModel model = FilmModel.of(name, new Safetensors(weights.metadata(), byName(weights.tensors())));
            weights.tensors().forEach(Tensor::requireFinite);
            SafetensorsWriter.write(target, metadata(weights, model.config()), weights.tensors());
        } catch (ModelException e) {
            throw new ModelException(printable(e.getMessage()), e);
        }
        return models.find(name);
    }

    private static SequencedMap<String, Tensor> byName(List<Tensor> tensors) {
        SequencedMap<String, Tensor> named = new LinkedHashMap<>();
        for (Tensor tensor : tensors) {
            if (named.putIfAbsent(tensor.name(), tensor) != null) {
                throw new ModelException("there are two tensors named " + tensor.name());
            }
        }
        return named;
    }

    private static Map<String, String> metadata(ForeignWeights weights, FilmConfig config) {
        Map<String, String> metadata = new TreeMap<>(weights.metadata());
        metadata.putAll(ModelCard.of(weights));
        FilmConfig whole = withLevels(config, weights.levels().orElse(config.levels()));
        metadata.put(FilmConfig.METADATA_KEY, whole.toJson());
        return metadata;
    }

    private static FilmConfig withLevels(FilmConfig config, int levels) {
        return new FilmConfig(
                config.stem(),
                config.filters(),
                levels,
                config.fusionLevels(),
                config.specializedLevels(),
                config.flowConvs(),
                config.flowFilters(),
                config.fusionFilters(),
                config.finishFilters(),
                config.finishFeatures(),
                config.finishConvs(),
                config.lucasKanade(),
                config.output());
    }

    /** A stranger's file chooses names that messages repeat: none may break the line or steer a terminal. */
    private static String printable(String message) {
        return message.replaceAll("\\p{Cntrl}", "?");
    }
}
