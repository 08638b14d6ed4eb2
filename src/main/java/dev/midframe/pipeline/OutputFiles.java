package dev.midframe.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that a pipeline writes: checked before it starts, removed when it fails before they are whole.
 *
 * @param files where the pipeline's file sinks write
 */
record OutputFiles(List<Path> files) {

    /**
     * Finds the file sinks of a pipeline.
     *
     * @throws PipelineException when an output is also an input, or its folder cannot be written
     */
    static OutputFiles of(PipelineElements pipeline) {
        List<Path> inputs = locations(pipeline, "filesrc");
        List<Path> outputs = locations(pipeline, "filesink");
        for (Path input : inputs) {
            if (!Files.isReadable(input) || Files.isDirectory(input)) {
                throw new PipelineException("cannot read the input " + input + ": "
                        + (Files.exists(input) ? "it is not a readable file" : "there is no such file"));
            }
        }
        for (Path output : outputs) {
            Path folder = output.toAbsolutePath().getParent();
            if (Files.isDirectory(output) || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
                throw new PipelineException("cannot write the output " + output + ": "
                        + (Files.isDirectory(folder) ? "choose a file you may write" : "there is no folder " + folder));
            }
            for (Path input : inputs) {
                if (sameFile(input, output)) {
                    throw new PipelineException(
                            "the output " + output + " is the input; choose another name, nothing was written");
                }
            }
        }
        return new OutputFiles(outputs);
    }

    /** Removes what was written, so that nothing half-written looks whole; special files such as pipes stay. */
    List<Path> remove() {
        var removed = new ArrayList<Path>();
        for (Path file : files) {
            try {
                if (Files.isRegularFile(file) && Files.deleteIfExists(file)) {
                    removed.add(file);
                }
            } catch (IOException e) {
                throw new PipelineException("cannot remove the incomplete output " + file + ": " + e.getMessage(), e);
            }
        }
        return removed;
    }

    private static boolean sameFile(Path input, Path output) {
        try {
            return Files.exists(output) && Files.isSameFile(input, output);
        } catch (IOException e) {
            throw new PipelineException("cannot compare " + input + " and " + output + ": " + e.getMessage(), e);
        }
    }

    private static List<Path> locations(PipelineElements pipeline, String factory) {
        return pipeline.ofFactory(factory).stream()
                .flatMap(element -> element.property("location").stream())
                .filter(location -> !location.isEmpty())
                .map(Path::of)
                .toList();
    }
}
