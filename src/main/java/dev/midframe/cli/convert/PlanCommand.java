package dev.midframe.cli.convert;

import dev.midframe.cli.GStreamerRuntime;
import dev.midframe.container.ContainerException;
import dev.midframe.convert.ConvertSettings;
import dev.midframe.convert.Film;
import dev.midframe.convert.parts.PartPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code midframe plan}: how a film is converted in parts. */
@Command(
        name = "plan",
        description =
                "Writes how a film is converted in parts, as JSON: 'midframe part' makes one, on any machine that has"
                        + " the film, 'midframe join' puts them together. Takes the options of 'convert'.",
        footer = {
            "",
            "Example:",
            "  midframe plan in.mkv -o out.mp4 --fps 60 > plan.json",
            "  midframe part plan.json 0",
            "  midframe part plan.json 1",
            "  midframe join plan.json"
        })
public final class PlanCommand extends ConvertCommand {

    @Option(
            names = "--part-length",
            paramLabel = "TIME",
            converter = TimeOfFilm.class,
            description = "How long each part is, about (default: a minute; more than it takes to start is worth it).")
    private Duration partLength = Duration.ofMinutes(1);

    @Override
    public Integer call() {
        ConvertSettings settings = settings();
        List<Job> jobs = jobs(settings);
        if (jobs.size() != 1) {
            throw new ParameterException(spec().commandLine(), "a plan is of one film; name one");
        }
        if (partLength.isZero()) {
            throw new ParameterException(spec().commandLine(), "--part-length 0 makes no parts");
        }
        GStreamerRuntime.startDeterministic();
        Job job = jobs.getFirst();
        if (Jobs.isSame(job.input(), job.output())) {
            throw new ContainerException("the output " + job.output() + " is the input; choose another name");
        }
        PartPlan plan = PartPlan.of(
                Film.of(job.input(), Optional.empty()),
                job.output(),
                settings,
                PinnedEngine.options(spec(), settings),
                PinnedEngine.of(settings),
                partLength.toNanos());
        spec().commandLine().getOut().println(plan.json());
        spec().commandLine().getOut().flush();
        return 0;
    }
}
