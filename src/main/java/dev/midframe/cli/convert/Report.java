package dev.midframe.cli.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midframe.convert.Conversion;
import dev.midframe.convert.parts.PartPlan;
import dev.midframe.support.Redaction;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said of each film: for people, and a line of JSON where that is asked for. */
final class Report implements AutoCloseable {

    private final Batch batch;
    private final PrintWriter people;
    private final @Nullable PrintWriter json;
    private final ObjectMapper mapper = new ObjectMapper();
    private long started = System.nanoTime();
    private int done;
    private int failures;

    Report(Batch batch, PrintWriter people, @Nullable PrintWriter json) {
        this.batch = batch;
        this.people = people;
        this.json = json;
    }

    int failures() {
        return failures;
    }

    /** Says what will be done. */
    void begin(Job job, Conversion conversion) {
        started = System.nanoTime();
        say(number() + job.input() + " -> " + job.output() + " (" + conversion.encoder() + ")");
        conversion.notes().forEach(note -> say("  " + note));
    }

    /** Says what is left of it to make. */
    void resumed(PartPlan plan, int missing) {
        if (!plan.note().isEmpty()) {
            say("  " + plan.note());
        }
        say("  " + (plan.count() - missing) + " of " + plan.count() + " parts are there");
    }

    /** Shows how far it is, until what is returned is closed. */
    Progress progress(Job job, Conversion conversion) {
        return new Progress(
                number() + job.input().getFileName(), conversion, fraction -> batch.progress(job, fraction), this::say);
    }

    private String number() {
        return batch.films() > 1 ? (done + failures + 1) + "/" + batch.films() + " " : "";
    }

    void done(Job job, Conversion conversion, Conversion.Result result) {
        done++;
        batch.finish(job);
        double seconds = Duration.ofNanos(System.nanoTime() - started).toMillis() / 1000.0;
        say(String.format(
                Locale.ROOT,
                "wrote %s (%.1f MB): %d frames in, %d generated, %d out in %.1f s%s",
                job.output(),
                bytes(job) / 1e6,
                result.framesIn(),
                result.framesGenerated(),
                result.framesOut(),
                seconds,
                result.engine().map(engine -> "; engine: " + engine).orElse("")));
        if (result.damagedPackets() > 0) {
            say("  " + result.damagedPackets() + " damaged packets, of sound for example, were left out");
        }
        Map<String, Object> line = line(job);
        line.put("ok", true);
        line.put("framesIn", result.framesIn());
        line.put("framesGenerated", result.framesGenerated());
        line.put("framesOut", result.framesOut());
        line.put("seconds", seconds);
        line.put("bytes", bytes(job));
        line.put("encoder", conversion.encoder());
        line.put("notes", conversion.notes());
        writeJson(line);
    }

    void failed(Job job, Throwable failure) {
        failures++;
        batch.finish(job);
        String message = failure.getMessage();
        String reason = Redaction.withoutSecrets(message == null ? failure.toString() : message);
        say(batch.films() == 1 || reason.startsWith(job.input() + " ") ? reason : job.input() + ": " + reason);
        Map<String, Object> line = line(job);
        line.put("ok", false);
        line.put("error", reason);
        writeJson(line);
    }

    private static Map<String, Object> line(Job job) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("input", job.input().toString());
        line.put("output", job.output().toString());
        return line;
    }

    private static long bytes(Job job) {
        try {
            return Files.size(job.output());
        } catch (IOException e) {
            return 0;
        }
    }

    private void writeJson(Map<String, Object> line) {
        if (json != null) {
            try {
                json.println(mapper.writeValueAsString(line));
                json.flush();
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a map of texts and numbers is always JSON", e);
            }
        }
    }

    private void say(String line) {
        people.println("midframe: " + line);
        people.flush();
    }

    @Override
    public void close() {
        if (batch.films() > 1) {
            say(done + " of " + batch.films() + " films converted" + (failures > 0 ? ", " + failures + " failed" : ""));
        }
    }
}
