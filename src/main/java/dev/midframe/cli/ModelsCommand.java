package dev.midframe.cli;

import dev.midframe.film.ModelException;
import dev.midframe.film.importer.ModelImport;
import dev.midframe.film.model.FilmConfig;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.FilmModels;
import dev.midframe.onnx.lowering.ActivationRanges;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midframe models}: the networks at hand. */
@Command(
        name = "models",
        description = "Lists, shows, imports and removes models.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Your own models are kept in $MIDFRAME_MODELS, or else ~/.local/share/midframe/models.",
            "",
            "Examples:",
            "  midframe models import film_net_fp32.pt --name film",
            "  midframe models import pretrained_models/film_net/Style/saved_model --name film-style"
        })
final class ModelsCommand implements Runnable {

    private static final String NAME_HELP = "The model's name.";

    @Spec
    private CommandSpec spec;

    private final FilmModels models;

    ModelsCommand() {
        this(FilmModels.ofUser(System.getenv()));
    }

    ModelsCommand(FilmModels models) {
        this.models = models;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "models needs a command: list, show, import or remove");
    }

    @Command(name = "list", description = "Lists the models.", mixinStandardHelpOptions = true)
    void list() {
        for (String name : models.names()) {
            String kind = models.isShipped(name) ? "shipped" : "yours";
            String description;
            try {
                FilmModel model = models.find(name);
                description = "%,12d parameters   %s".formatted(model.parameters(), output(model.config()));
            } catch (ModelException e) {
                description = "damaged: 'midframe models show " + name + "' says how";
            }
            out().printf("%-20s %-8s %s%n", name, kind, description);
        }
    }

    @Command(
            name = "show",
            description = "Shows what a model is and where it comes from.",
            mixinStandardHelpOptions = true)
    void show(@Parameters(paramLabel = "NAME", description = NAME_HELP) String name) {
        FilmModel model = models.find(name);
        FilmConfig config = model.config();
        row("name", model.name());
        row(
                "kept",
                models.isShipped(model.name())
                        ? "in the program"
                        : models.file(model.name()).toString());
        row("parameters", "%,d".formatted(model.parameters()));
        row("output", output(config));
        row("levels", config.levels() + ", of which the decoder takes " + config.fusionLevels());
        row("alignment", config.alignment() + " pixels");
        row("filters", config.filters().toString());
        row("flow filters", config.flowFilters().toString());
        row("work", "%.0f GFLOP a frame of 640x360".formatted(2e-9 * config.work(640, 360)));
        row("sha256", model.sha256());
        row("int8", ActivationRanges.of(model).isPresent() ? "on processors with VNNI" : "no");
        Map<String, String> metadata = new TreeMap<>(model.metadata());
        metadata.remove(ActivationRanges.METADATA_KEY); // Two numbers for every layer say nothing to a reader.
        metadata.forEach((key, value) -> value.lines().forEach(line -> row(key, line)));
    }

    @Command(
            name = "import",
            description = "Makes a model from FILM weights that PyTorch or TensorFlow saved.",
            mixinStandardHelpOptions = true)
    void importModel(
            @Parameters(
                            paramLabel = "FILE_OR_FOLDER",
                            description = "A TorchScript archive or state dictionary (.pt), a SavedModel's folder, or"
                                    + " safetensors.")
                    Path source,
            @Option(names = "--name", required = true, paramLabel = "NAME", description = "What to call the model.")
                    String name) {
        FilmModel model = new ModelImport(models).run(source, name);
        out().printf("%s: %,d parameters, kept in %s%n", model.name(), model.parameters(), models.file(model.name()));
    }

    @Command(name = "remove", description = "Deletes one of your own models.", mixinStandardHelpOptions = true)
    void remove(@Parameters(paramLabel = "NAME", description = NAME_HELP) String name) throws IOException {
        if (models.isShipped(name)) {
            throw new ModelException(name + " comes with the program and cannot be removed");
        }
        if (!Files.deleteIfExists(models.file(name))) {
            throw new ModelException("there is no model " + name + " in " + models.folder());
        }
        out().println(name + " is removed");
    }

    private static String output(FilmConfig config) {
        return switch (config.output()) {
            case RGB -> "RGB, FILM's published form";
            case BLEND -> "Y'CbCr, two warped pictures blended";
        };
    }

    private void row(String label, String value) {
        out().printf("%-20s %s%n", label, value);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
