package dev.midframe.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The job: plans all films, makes all parts, joins each film. Films that are there already, and parts that were finished before,
 * are not made again.
 */
public final class ConvertFilms {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JavaSparkContext spark;
    private final Options options;
    private final Work work;
    /** By film; empty while nothing went wrong. */
    private final Map<String, String> errors = new LinkedHashMap<>();

    ConvertFilms(JavaSparkContext spark, Options options) {
        this.spark = spark;
        this.options = options;
        this.work = new Work(new Child(options.launcher()));
    }

    public static void main(String[] words) throws IOException {
        Options options;
        List<Path> films;
        try {
            options = Options.of(List.of(words));
            films = FilmList.of(options.inputs());
        } catch (IllegalArgumentException e) {
            System.err.println("midframe: " + e.getMessage());
            System.exit(2);
            return;
        }
        SparkConf conf = new SparkConf().setAppName("midframe").setIfMissing("spark.task.maxFailures", "8");
        int failed;
        try (JavaSparkContext spark = new JavaSparkContext(conf)) {
            failed = new ConvertFilms(spark, options).run(films);
        }
        System.exit(failed > 0 ? 1 : 0);
    }

    /** Converts films; how many failed. */
    int run(List<Path> films) throws IOException {
        Files.createDirectories(options.output());
        Map<String, Path> outputs = new LinkedHashMap<>();
        List<Work.Piece> plans = new ArrayList<>();
        for (Path film : films) {
            Path output = FilmList.output(film, options.output());
            if (outputs.containsValue(output)) {
                errors.put(film.toString(), "another film becomes " + output + " already");
                continue;
            }
            outputs.put(film.toString(), output);
            if (!Files.exists(output)) {
                List<String> plan = new ArrayList<>(List.of("plan", film.toString(), "-o", output.toString()));
                plan.addAll(options.forPlan());
                plans.add(new Work.Piece(film.toString(), plan));
            }
        }
        List<Work.Piece> parts = new ArrayList<>();
        for (Outcome planned : all("plans", plans)) {
            Path output = outputs.get(planned.film());
            JsonNode plan = JSON.readTree(planned.result());
            Path file = plan(output);
            Files.createDirectories(file.getParent());
            Path unfinished = Files.writeString(file.resolveSibling("plan.json.new"), planned.result());
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            for (int number = 0; number < Math.max(1, plan.get("parts").size()); number++) {
                parts.add(new Work.Piece(
                        planned.film(), List.of("part", file.toString(), "" + number, "--while-stdin")));
            }
        }
        all("parts", parts);
        List<Work.Piece> joins = new ArrayList<>();
        for (Work.Piece plan : plans) {
            if (!errors.containsKey(plan.film())) {
                joins.add(new Work.Piece(
                        plan.film(),
                        List.of("join", plan(outputs.get(plan.film())).toString(), "--overwrite")));
            }
        }
        all("joins", joins);
        report(outputs, joins);
        return errors.size();
    }

    private static Path plan(Path output) {
        return output.resolveSibling(output.getFileName() + ".parts").resolve("plan.json");
    }

    /** Does all pieces; what was done. What failed is remembered. */
    private List<Outcome> all(String what, List<Work.Piece> pieces) {
        if (pieces.isEmpty()) {
            return List.of();
        }
        List<Outcome> outcomes;
        Progress progress = new Progress(spark, what, pieces.size());
        try {
            outcomes = spark.parallelize(pieces, pieces.size()).map(work).collect();
        } finally {
            progress.close();
        }
        List<Outcome> done = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            if (outcome.ok()) {
                done.add(outcome);
            } else {
                errors.putIfAbsent(outcome.film(), outcome.error());
            }
        }
        return done;
    }

    private void report(Map<String, Path> outputs, List<Work.Piece> made) throws IOException {
        ArrayNode films = JSON.createArrayNode();
        outputs.forEach((film, output) -> {
            ObjectNode line = films.addObject().put("film", film).put("output", output.toString());
            boolean isMade = made.stream().anyMatch(piece -> piece.film().equals(film));
            String error = errors.get(film);
            line.put("outcome", error != null ? "failed" : isMade ? "converted" : "there already");
            if (error != null) {
                line.put("error", error);
            }
        });
        Files.writeString(
                options.report(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(films) + "\n");
        errors.forEach((film, error) -> System.err.println("midframe: " + film + ": " + error));
        System.err.println("midframe: " + (outputs.size() - errors.size()) + " of " + outputs.size() + " films are whole, "
                + errors.size() + " failed; " + options.report());
    }
}
