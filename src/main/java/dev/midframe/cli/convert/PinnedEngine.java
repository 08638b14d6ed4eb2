package dev.midframe.cli.convert;

import dev.midframe.convert.ConvertSettings;
import dev.midframe.engine.EngineSelector;
import dev.midframe.film.model.FilmModels;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.tensorrt.TensorRtAvailability;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The engine that makes all parts of a film, decided once: others make other frames. */
final class PinnedEngine {

    private static final int ANY_SIZE = 64;

    /** Options that make no difference to a part, or are said anew. */
    private static final Set<String> LEFT_OUT = Set.of(
            "--output",
            "--overwrite",
            "--keep-partial",
            "--print",
            "--json",
            "--resume",
            "--from",
            "--until",
            "--part-length",
            "--workers",
            "--backend",
            "--model");

    private PinnedEngine() {}

    /** What the engine says of itself. */
    static String of(ConvertSettings settings) {
        var format = new FrameFormat(PixelFormat.I420, ANY_SIZE, ANY_SIZE, Colorimetry.BT601_LIMITED);
        var request = new EngineRequest(format, settings.model(), backend(settings), 1, 0, 0);
        try (FrameInterpolator engine =
                EngineSelector.deterministic(FilmModels.ofUser(System.getenv())).open(request)) {
            return engine.description();
        }
    }

    /** The options of a command that a part is made with, with the engine that was chosen. */
    static List<String> options(CommandSpec spec, ConvertSettings settings) {
        var options = new ArrayList<String>();
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (!LEFT_OUT.contains(option.longestName())) {
                options.add(option.longestName());
                if (option.arity().max() > 0) {
                    options.addAll(option.originalStringValues());
                }
            }
        }
        options.addAll(
                List.of("--backend", backend(settings).name().toLowerCase(Locale.ROOT), "--model", settings.model()));
        return options;
    }

    private static Backend backend(ConvertSettings settings) {
        Backend wanted = Backend.valueOf(settings.backend().toUpperCase(Locale.ROOT));
        if (wanted != Backend.AUTO) {
            return wanted;
        }
        return TensorRtAvailability.probe(System.getenv(), 0).complete() ? Backend.TENSORRT : Backend.CPU;
    }
}
