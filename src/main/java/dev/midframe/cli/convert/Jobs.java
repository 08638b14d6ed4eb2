package dev.midframe.cli.convert;

import dev.midframe.container.ContainerException;
import dev.midframe.convert.frames.NumberedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which films are converted, and where each goes.
 *
 * @param output a file, a folder, or null for beside the films
 * @param suffix what stands behind a film's name where its own is taken
 */
record Jobs(@Nullable Path output, String suffix) {

    private static final Set<String> WRITTEN = Set.of("mp4", "m4v", "mov", "qt", "mkv", "webm");
    private static final Set<String> READ = Set.of(
            "mp4", "m4v", "mov", "qt", "mkv", "webm", "avi", "ts", "m2ts", "mts", "mpg", "mpeg", "vob", "wmv", "asf",
            "flv", "ogv", "mxf", "3gp", "3g2", "264", "h264", "265", "h265", "hevc", "gif");

    /**
     * The films that a command names, with those of its folders, in their order.
     *
     * @throws ContainerException when two would be written to one place, several into a file, or a folder cannot be read
     *     or has no film
     */
    List<Job> of(List<Path> inputs) {
        boolean single = isSingle(inputs);
        if (output != null
                && !single
                && !Files.isDirectory(output)
                && (Files.exists(output) || WRITTEN.contains(ending(output)))) {
            throw new ContainerException(
                    "several films, or a folder of them, cannot become the file " + output + "; name a folder");
        }
        Map<Path, Job> jobs = new LinkedHashMap<>();
        for (Path input : inputs) {
            for (Path film : Files.isDirectory(input) && !isPictures(input) ? films(input) : List.of(input)) {
                Job job = new Job(film, place(film, single));
                if (jobs.containsKey(job.output())) {
                    // a.ts and a.avi
                    Path name = job.output().getFileName();
                    job = new Job(film, job.output().resolveSibling(film.getFileName() + "." + ending(name)));
                }
                Job other = jobs.putIfAbsent(job.output(), job);
                if (other != null) {
                    throw new ContainerException(other.input() + " and " + film + " would both become " + job.output()
                            + "; convert them one by one");
                }
            }
        }
        return List.copyOf(jobs.values());
    }

    /**
     * Makes the folder into which several films go.
     *
     * @throws ContainerException when it cannot be made
     */
    void makeFolder(List<Path> inputs) {
        if (output != null && !isSingle(inputs)) {
            try {
                Files.createDirectories(output);
            } catch (IOException e) {
                throw new ContainerException("cannot make the folder " + output + "; name one that may be written");
            }
        }
    }

    private static boolean isSingle(List<Path> inputs) {
        return inputs.size() == 1 && (!Files.isDirectory(inputs.getFirst()) || isPictures(inputs.getFirst()));
    }

    /** Whether a folder has numbered pictures, and no film. */
    private static boolean isPictures(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.noneMatch(file -> READ.contains(ending(file)))
                    && NumberedFiles.of(folder).isPresent();
        } catch (IOException e) {
            throw new ContainerException("cannot read the folder " + folder + ": " + e.getMessage());
        }
    }

    private static List<Path> films(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> films = files.filter(file -> Files.isRegularFile(file) && READ.contains(ending(file)))
                    .sorted()
                    .toList();
            if (films.isEmpty()) {
                throw new ContainerException("there is no film in " + folder);
            }
            return films;
        } catch (IOException e) {
            throw new ContainerException("cannot read the folder " + folder + ": " + e.getMessage());
        }
    }

    private Path place(Path input, boolean single) {
        if (output != null && single && !Files.isDirectory(output)) {
            return output;
        }
        if (input.toString().equals("-") || NumberedFiles.isPattern(input)) {
            throw new ContainerException("where do the pictures of " + input + " go? Name a file, such as -o out.mp4");
        }
        String name = input.getFileName().toString();
        String ending = WRITTEN.contains(ending(input)) ? name.substring(name.lastIndexOf('.') + 1) : "mp4";
        String stem = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
        if (output == null) {
            return input.resolveSibling(stem + suffix + "." + ending);
        }
        Path same = output.resolve(stem + "." + ending);
        return isSame(same, input) ? output.resolve(stem + suffix + "." + ending) : same;
    }

    /** Whether two names, links included, lead to one file. */
    static boolean isSame(Path one, Path other) {
        try {
            return Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other);
        } catch (IOException e) {
            throw new ContainerException("cannot compare " + one + " and " + other + ": " + e.getMessage());
        }
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
