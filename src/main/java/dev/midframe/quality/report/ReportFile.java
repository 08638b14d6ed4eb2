package dev.midframe.quality.report;

import dev.midframe.quality.EvaluationException;
import dev.midframe.quality.EvaluationResult;
import dev.midframe.support.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An evaluation as a file, written whole or not at all.
 *
 * @param path where it will be
 */
public record ReportFile(Path path) {

    /**
     * Reports early, before hours of work, that the file could not be written.
     *
     * @throws EvaluationException when the folder is missing or not writable, or the path is a folder
     */
    public void check() {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder) || Files.isDirectory(path)) {
            throw new EvaluationException("cannot write " + path + ": its folder must exist and be writable");
        }
    }

    /** Writes a result as JSON: a record, for example {@link EvaluationResult}, with all its parts, pictures left out. */
    public void writeJson(Record result) {
        try {
            new AtomicFile(path).writeJson(result);
        } catch (IOException failure) {
            throw new EvaluationException(failure.getMessage(), failure);
        }
    }

    /** Writes the result as one HTML page that needs nothing else. */
    public void writeHtml(EvaluationResult result) {
        write(HtmlReport.of(result).getBytes(StandardCharsets.UTF_8));
    }

    private void write(byte[] content) {
        try {
            new AtomicFile(path).write(content);
        } catch (IOException failure) {
            throw new EvaluationException(failure.getMessage(), failure);
        }
    }
}
