package dev.midframe.cli.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midframe.cli.GStreamerRuntime;
import dev.midframe.cli.StopSignal;
import dev.midframe.convert.Conversion;
import dev.midframe.convert.parts.PartConversion;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midframe part}: one part of a plan. */
@Command(
        name = "part",
        description =
                "Makes a part that 'midframe plan' has planned, unless it is there. The last line of standard output is"
                        + " the result, as JSON.")
public final class PartCommand implements Callable<Integer> {

    private static final int KILLED = 128;
    private static final int ORPHANED = 3;

    @Parameters(index = "0", paramLabel = "PLAN", description = "The plan's file.")
    private Path plan = Path.of("");

    @Parameters(index = "1", paramLabel = "NUMBER", description = "From 0.")
    private int number;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            description = "Where the parts are (default: beside the output, in OUT.parts).")
    private @Nullable Path folder;

    @Option(
            names = "--while-stdin",
            description = "End when standard input does: whoever started this holds it, and is gone then.")
    private boolean whileStdin;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PlannedFilm film = PlannedFilm.read(plan, folder);
        if (number >= 0 && film.parts().isFinished(number)) {
            report(Map.of("part", number, "made", false));
            return 0;
        }
        GStreamerRuntime.startDeterministic();
        PartConversion part = film.parts().part(number, film.film(), film.settings());
        var running = new Running();
        StopSignal.onFirst(signal -> running.stop(KILLED + signal));
        if (whileStdin) {
            new Parent(System.in).whenGone(() -> running.stop(ORPHANED));
        }
        long begun = System.nanoTime();
        Conversion.Result result;
        try (var _ = running.run(part.conversion())) {
            result = part.run();
        } catch (RuntimeException e) {
            OptionalInt code = running.exitCode();
            if (code.isPresent()) {
                return code.getAsInt();
            }
            throw e;
        }
        var line = new LinkedHashMap<String, Object>();
        line.put("part", number);
        line.put("made", true);
        line.put("framesOut", result.framesOut());
        line.put("framesGenerated", result.framesGenerated());
        line.put("seconds", (System.nanoTime() - begun) / 1e9);
        line.put("engine", result.engine().orElse("none"));
        report(line);
        return 0;
    }

    private void report(Map<String, Object> line) {
        try {
            spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(line));
            spec.commandLine().getOut().flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts and numbers is always JSON", e);
        }
    }
}
