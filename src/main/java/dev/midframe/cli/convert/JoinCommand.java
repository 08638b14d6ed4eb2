package dev.midframe.cli.convert;

import dev.midframe.cli.GStreamerRuntime;
import dev.midframe.cli.StopSignal;
import dev.midframe.container.ContainerException;
import dev.midframe.convert.Conversion;
import dev.midframe.convert.parts.StoredPictures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midframe join}: finished parts, and all else that the film has, in one file. */
@Command(
        name = "join",
        description =
                "Puts the parts of a plan together, with the film's sound, subtitles, chapters and tags. Parts that do"
                        + " not follow one another to the nanosecond, or were made by different engines, are refused.")
public final class JoinCommand implements Callable<Integer> {

    private static final int KILLED = 128;

    @Parameters(index = "0", paramLabel = "PLAN", description = "The plan's file.")
    private Path plan = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            description = "Where the parts are (default: beside the output, in OUT.parts).")
    private @Nullable Path folder;

    @Option(names = "--overwrite", description = "Replace an output that exists; else it is refused.")
    private boolean overwrite;

    @Option(names = "--keep-parts", description = "Leave the parts where they are.")
    private boolean keepParts;

    @Option(names = "--json", description = "Write one line of JSON to standard output.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PlannedFilm film = PlannedFilm.read(plan, folder);
        var job = new Job(film.film().file(), Path.of(film.parts().plan().output()));
        if (Files.exists(job.output()) && !overwrite) {
            throw new ContainerException(job.output() + " exists already; --overwrite replaces it");
        }
        GStreamerRuntime.start();
        var running = new Running();
        StopSignal.onFirst(signal -> running.stop(KILLED + signal));
        try (var report = new Report(
                new Batch(List.of(job)),
                spec.commandLine().getErr(),
                json ? spec.commandLine().getOut() : null)) {
            try {
                Conversion whole = Conversion.ofPictures(
                        film.film(), job.output(), film.settings(), lead -> new StoredPictures(film.parts(), lead));
                report.begin(job, whole);
                Conversion.Result result;
                try (var _ = running.run(whole)) {
                    result = whole.run(false);
                }
                report.done(job, whole, result);
                if (!keepParts) {
                    film.parts().remove();
                }
            } catch (RuntimeException | LinkageError e) {
                report.failed(job, e);
            }
            return running.exitCode().orElse(report.failures() > 0 ? 1 : 0);
        }
    }
}
