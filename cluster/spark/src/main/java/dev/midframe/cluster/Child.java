package dev.midframe.cluster;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs {@code midframe} in a process of its own: its libraries and Spark's cannot stand together.
 *
 * @param launcher the program
 */
record Child(String launcher) implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * How it ended.
     *
     * @param code 0 where it did what it should
     * @param output its standard output
     * @param error the last line of its standard error
     */
    record End(int code, String output, String error) {}

    /**
     * Runs it to its end. Its standard input is a pipe that ends with this process, however that ends.
     *
     * @param gpus addresses of the GPUs that it may use; empty for all
     */
    End run(List<String> words, List<String> gpus) {
        List<String> command = new ArrayList<>();
        command.add(launcher);
        command.addAll(words);
        Path errors = null;
        Process process = null;
        try {
            errors = Files.createTempFile("midframe-", ".log");
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            Map<String, String> environment = builder.environment();
            if (!gpus.isEmpty()) {
                environment.put("CUDA_VISIBLE_DEVICES", String.join(",", gpus));
            }
            process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            List<String> lines = Files.readAllLines(errors, StandardCharsets.UTF_8);
            return new End(code, output, lines.isEmpty() ? "exit code " + code : lines.get(lines.size() - 1));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + launcher + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the task was cancelled", e);
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
            delete(errors);
        }
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
