package dev.midframe.convert.parts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midframe.container.ContainerException;
import dev.midframe.convert.ConvertSettings;
import dev.midframe.convert.Film;
import dev.midframe.convert.Sections;
import dev.midframe.convert.section.Section;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * How a film is converted in parts. Whoever makes a part needs nothing else, and any two who do make it alike.
 *
 * @param film its file, absolute
 * @param bytes its size, by which another film in its place is noticed
 * @param output what the parts will be together, absolute
 * @param options of {@code midframe convert}, with the engine that was chosen
 * @param engine that makes the frames; parts that another has made are refused
 * @param frames real ones in all, 0 where they were not counted
 * @param parts in order; one for a film that cannot be divided
 * @param note why it is one; empty otherwise
 */
public record PartPlan(
        String film,
        long bytes,
        String output,
        List<String> options,
        String engine,
        long frames,
        List<Section> parts,
        String note) {

    /**
     * Plans parts of about a length.
     *
     * @param partNanos how long each is, roughly
     */
    public static PartPlan of(
            Film film, Path output, ConvertSettings settings, List<String> options, String engine, long partNanos) {
        if (film.frames().isPresent()) {
            throw new ContainerException("parts are of films in files, not of numbered pictures or pipes");
        }
        Optional<String> reason = Sections.whole(film);
        Optional<Sections> sections =
                reason.isPresent() ? Optional.empty() : Optional.of(Sections.of(film, output, settings));
        return new PartPlan(
                film.file().toAbsolutePath().toString(),
                bytes(film.file()),
                output.toAbsolutePath().toString(),
                options,
                withoutThreads(engine),
                sections.map(Sections::frames).orElse(0L),
                sections.map(divided -> divided.every(partNanos)).orElse(List.of()),
                reason.map(why -> "one part: " + why).orElse(""));
    }

    /** What an engine says of itself, without what makes no difference to its frames. */
    static String withoutThreads(String engine) {
        return engine.replaceFirst(", \\d+ threads?", "");
    }

    private static long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new ContainerException("cannot read " + file + ": " + e.getMessage());
        }
    }

    /**
     * Reads a plan.
     *
     * @throws ContainerException when it is none, or its film is not there or has another size
     */
    public static PartPlan read(Path file) {
        try {
            PartPlan plan = new ObjectMapper().readValue(Files.readAllBytes(file), PartPlan.class);
            if (plan.film() == null || plan.output() == null || plan.parts() == null || plan.options() == null) {
                throw new ContainerException(file + " is no plan; 'midframe plan FILM -o OUT > plan.json' makes one");
            }
            if (bytes(Path.of(plan.film())) != plan.bytes()) {
                throw new ContainerException(plan.film() + " is another film than the one of " + file + "; plan anew");
            }
            return plan;
        } catch (IOException e) {
            throw new ContainerException("cannot read the plan " + file + ": "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    /** How many parts there are, 1 or more. */
    public int count() {
        return Math.max(1, parts.size());
    }

    /** What one part is; empty for a film that is not divided. */
    Optional<Section> section(int number) {
        return parts.isEmpty() ? Optional.empty() : Optional.of(parts.get(number));
    }

    /** As JSON. */
    public String json() {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts and numbers is always JSON", e);
        }
    }

    /** Tells this plan from any other. */
    String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
