package dev.midframe.cli;

import dev.midframe.interpolation.Backend;
import picocli.CommandLine.Option;

/** Which model is run, and where: options that commands have in common. */
public final class EngineOptions {

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "Model, see 'midframe models' (default: ${DEFAULT-VALUE}).")
    private String model = "auto";

    @Option(names = "--backend", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Backend backend = Backend.AUTO;

    public String model() {
        return model;
    }

    public Backend backend() {
        return backend;
    }
}
