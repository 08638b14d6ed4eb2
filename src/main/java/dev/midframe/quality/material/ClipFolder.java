package dev.midframe.quality.material;

import dev.midframe.quality.EvaluationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Video files in a folder, down to six folders deep, or one video file.
 *
 * @param path the folder or file
 * @param width what wider pictures are scaled down to, the height following; empty to keep their size
 */
public record ClipFolder(Path path, OptionalInt width) {

    private static final int DEPTH = 6;
    private static final Set<String> ENDINGS =
            Set.of("mp4", "m4v", "mov", "mkv", "webm", "avi", "ts", "mpg", "264", "h264", "265", "y4m");

    /**
     * All clips in order of their names, numbers by value.
     *
     * @throws EvaluationException when there is no such folder or file, or no video in it
     */
    public List<Sequence> sequences() {
        return files().stream().map(this::sequence).toList();
    }

    /** The clips' files; as {@link #sequences}. */
    public List<Path> files() {
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        if (!Files.isDirectory(path)) {
            throw new EvaluationException("no folder or video file " + path + ": check the path");
        }
        try (Stream<Path> files = Files.walk(path, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
            List<Path> found = files.filter(file -> ENDINGS.contains(ending(file)) && Files.isRegularFile(file))
                    .sorted(Comparator.comparing(Path::toString, new NumbersByValue()))
                    .toList();
            if (found.isEmpty()) {
                throw new EvaluationException("no video files in " + path + ": names must end in one of "
                        + String.join(", ", ENDINGS.stream().sorted().toList()));
            }
            return found;
        } catch (IOException | UncheckedIOException failure) {
            throw new EvaluationException("cannot list " + path + ": " + failure.getMessage(), failure);
        }
    }

    /** One of the files as a sequence. */
    Sequence sequence(Path file) {
        Path name = file.equals(path) ? file.getFileName() : path.relativize(file);
        return new Clip(name.toString(), file, width);
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
