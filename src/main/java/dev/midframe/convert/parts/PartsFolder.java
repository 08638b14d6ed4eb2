package dev.midframe.convert.parts;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midframe.container.ContainerException;
import dev.midframe.convert.ConvertSettings;
import dev.midframe.convert.Film;
import dev.midframe.convert.section.PacketLog;
import dev.midframe.support.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The parts that are finished: each a Matroska file, and a record that appears when it is whole. Several processes may make the
 * same part at once: the last to finish counts, and both are alike.
 *
 * @param folder may not be there yet
 */
public record PartsFolder(Path folder, PartPlan plan) {

    /** Where a plan's parts are unless another place is named: beside what they will be together. */
    public static Path usual(Path output) {
        return output.resolveSibling(output.getFileName() + ".parts");
    }

    /** Whether a part is there. */
    public boolean isFinished(int number) {
        return read(number).isPresent();
    }

    /** The numbers of the parts that are not there, or were made by another plan or engine. */
    public List<Integer> missing() {
        return IntStream.range(0, plan.count())
                .filter(number -> !isFinished(number))
                .boxed()
                .toList();
    }

    /**
     * Prepares to make a part.
     *
     * @param settings those of the plan
     * @throws ContainerException when there is no such part, or the folder cannot be made
     */
    public PartConversion part(int number, Film film, ConvertSettings settings) {
        if (number < 0 || number >= plan.count()) {
            throw new ContainerException(
                    "there is no part " + number + "; the plan has parts 0 to " + (plan.count() - 1));
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ContainerException("cannot make the folder " + folder + "; name one that may be written");
        }
        String name =
                "%04d-%s.mkv".formatted(number, UUID.randomUUID().toString().substring(0, 8));
        return new PartConversion(this, number, film, folder.resolve(name), settings);
    }

    /** Says that a part is whole. */
    void finish(int number, Path file, String engine, long generated, PacketLog log) {
        try {
            new AtomicFile(record(number))
                    .write(new ObjectMapper()
                            .writeValueAsBytes(new PartRecord(
                                    plan.fingerprint(),
                                    number,
                                    String.valueOf(file.getFileName()),
                                    PartPlan.withoutThreads(engine),
                                    log.caps(),
                                    log.before(),
                                    log.after(),
                                    generated,
                                    log.packets())));
        } catch (IOException e) {
            throw new ContainerException(String.valueOf(e.getMessage()));
        }
    }

    Path packets(PartRecord part) {
        return folder.resolve(Path.of(part.file()).getFileName());
    }

    /** A finished part of this plan. */
    Optional<PartRecord> read(int number) {
        if (!Files.exists(record(number))) {
            return Optional.empty();
        }
        try {
            PartRecord part = new ObjectMapper().readValue(Files.readAllBytes(record(number)), PartRecord.class);
            return Optional.of(part)
                    .filter(read -> plan.fingerprint().equals(read.plan()) && Files.exists(packets(read)));
        } catch (IOException e) {
            throw new ContainerException("cannot read " + record(number) + "; remove it, and the part is made anew");
        }
    }

    private Path record(int number) {
        return folder.resolve("%04d.json".formatted(number));
    }

    /** Removes all parts, those that were not finished as well. */
    public void remove() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : new ArrayList<>(files.toList())) {
                if (file.getFileName().toString().matches("(\\d{4,}|plan)[.-].*|\\..*\\.part")) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new ContainerException(
                    "the film is whole, but its parts in " + folder + " cannot be removed: " + e.getMessage());
        }
    }
}
