package dev.midframe.cli.gpucheck;

import dev.midframe.film.model.FilmConfig;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.FilmModels;
import dev.midframe.film.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The models of {@code gpu-check}: those at hand, and sizes that matter but have no weights here, with random ones. */
final class GpuCheckModels implements AutoCloseable {

    /** As {@code midframe_train.model.config} defines it. */
    private static final FilmConfig BASE = new FilmConfig(
            2,
            List.of(32, 64, 96, 128),
            6,
            4,
            3,
            List.of(3, 3, 3, 3),
            List.of(32, 64, 96, 128),
            List.of(32, 64, 96),
            32,
            20,
            2,
            0,
            FilmConfig.Output.BLEND);

    private static final Map<String, FilmConfig> RANDOM =
            Map.of("film-base-gpu", BASE, "published", FilmConfig.PUBLISHED);

    private final FilmModels catalogue;
    private final Path folder;

    GpuCheckModels(FilmModels catalogue) throws IOException {
        this.catalogue = catalogue;
        this.folder = Files.createTempDirectory("midframe-gpu-check");
    }

    /** All names, the smallest model first. */
    List<String> names() {
        List<String> names = new ArrayList<>(catalogue.names());
        RANDOM.keySet().stream()
                .sorted()
                .filter(name -> !catalogue.names().contains(name))
                .forEach(names::add);
        return names;
    }

    /** What engines find the model by. */
    String find(String name) {
        FilmConfig config = RANDOM.get(name);
        if (config == null || catalogue.names().contains(name)) {
            return name;
        }
        Path file = folder.resolve(name + FilmModel.EXTENSION);
        if (!Files.exists(file)) {
            FilmModel model = FilmModel.random(name, config, 1);
            SafetensorsWriter.write(
                    file,
                    Map.of(FilmConfig.METADATA_KEY, config.toJson()),
                    model.weights().values());
        }
        return file.toString();
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
