package dev.midframe.cli;

import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.PipelineDescription;
import dev.midframe.pipeline.PipelineException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midframe run}: runs a pipeline to its end. */
@Command(
        name = "run",
        description = {
            "Runs a GStreamer pipeline with midframe in it.",
            "PIPELINE is a file of pipelines/, or a text as gst-launch-1.0 takes it."
        },
        footer = {
            "",
            "Examples:",
            "  midframe run pipelines/file.gst input=in.mp4 output=out.mp4",
            "  midframe run 'videotestsrc ! midframe factor=2 ! videoconvert ! autovideosink'"
        })
public final class RunCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "PIPELINE", description = "A pipeline file, or the text itself (with '!').")
    private String pipeline = "";

    @Parameters(index = "1..*", paramLabel = "NAME=VALUE", description = "Values of the file's variables.")
    private List<String> assignments = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PipelineDescription description;
        try {
            description = PipelineDescription.of(pipeline, variables(spec, assignments));
        } catch (PipelineException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        GStreamerRuntime.start();
        try (var media = MediaPipeline.launch(description)) {
            return new PipelineRun(media, spec.commandLine().getErr())
                    .toTheEnd()
                    .exitCode();
        }
    }

    /** The values of a command's NAME=VALUE words, in their order. */
    public static Map<String, String> variables(CommandSpec spec, List<String> assignments) {
        var variables = new LinkedHashMap<String, String>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw new ParameterException(
                        spec.commandLine(), "'" + assignment + "' is no NAME=VALUE; quote a pipeline text as one word");
            }
            variables.put(assignment.substring(0, equals), assignment.substring(equals + 1));
        }
        return variables;
    }
}
