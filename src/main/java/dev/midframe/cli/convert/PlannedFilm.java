package dev.midframe.cli.convert;

import dev.midframe.container.ContainerException;
import dev.midframe.convert.ConvertSettings;
import dev.midframe.convert.Film;
import dev.midframe.convert.parts.PartPlan;
import dev.midframe.convert.parts.PartsFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A film with its plan and its parts. */
record PlannedFilm(Film film, PartsFolder parts) {

    /**
     * Reads a plan.
     *
     * @param folder of the parts; null for the usual place
     * @throws ContainerException when it cannot be used
     */
    static PlannedFilm read(Path file, @Nullable Path folder) {
        PartPlan plan = PartPlan.read(file);
        Path parts = folder == null ? PartsFolder.usual(Path.of(plan.output())) : folder;
        return new PlannedFilm(Film.of(Path.of(plan.film()), Optional.empty()), new PartsFolder(parts, plan));
    }

    /** What is asked for, as the plan remembers it. */
    ConvertSettings settings() {
        var command = new ConvertCommand();
        var words = new ArrayList<>(parts.plan().options());
        words.add(parts.plan().film());
        try {
            new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(words.toArray(String[]::new));
            return command.settings();
        } catch (ParameterException e) {
            throw new ContainerException("the plan's options cannot be used: " + e.getMessage());
        }
    }
}
