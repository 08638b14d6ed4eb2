package dev.midframe.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The films that are named: themselves, in folders, by globs, in manifests. */
final class FilmList {

    private static final Set<String> ENDINGS = Set.of(
            "mp4", "m4v", "mov", "qt", "mkv", "webm", "avi", "ts", "m2ts", "mts", "mpg", "mpeg", "vob", "wmv", "asf",
            "flv", "ogv", "mxf", "3gp", "3g2", "264", "h264", "265", "h265", "hevc", "gif");

    private static final Set<String> WRITTEN = Set.of("mp4", "m4v", "mov", "qt", "mkv", "webm");

    private FilmList() {}

    /** @throws IllegalArgumentException when there is none behind a name */
    static List<Path> of(List<String> names) {
        Set<Path> films = new LinkedHashSet<>();
        for (String name : names) {
            List<Path> found = named(name);
            if (found.isEmpty()) {
                throw new IllegalArgumentException("there is no film in " + name);
            }
            films.addAll(found);
        }
        return List.copyOf(films);
    }

    private static List<Path> named(String name) {
        try {
            if (name.startsWith("@")) {
                List<Path> films = new ArrayList<>();
                for (String line : Files.readAllLines(Path.of(name.substring(1)))) {
                    if (!line.isBlank()) {
                        films.addAll(named(line.strip()));
                    }
                }
                return films;
            }
            Path path = Path.of(name).toAbsolutePath().normalize();
            if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.list(path)) {
                    return files.filter(FilmList::isFilm).sorted().toList();
                }
            }
            if (Files.exists(path) || path.getParent() == null || !Files.isDirectory(path.getParent())) {
                return List.of(path);
            }
            List<Path> films = new ArrayList<>();
            try (DirectoryStream<Path> matches =
                    Files.newDirectoryStream(path.getParent(), String.valueOf(path.getFileName()))) {
                matches.forEach(films::add);
            }
            return films.stream().filter(FilmList::isFilm).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    private static boolean isFilm(Path file) {
        return Files.isRegularFile(file) && ENDINGS.contains(ending(file));
    }

    private static String ending(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** Where a film goes: under its own name, in a container that is written. */
    static Path output(Path film, Path folder) {
        String name = String.valueOf(film.getFileName());
        return folder.resolve(
                WRITTEN.contains(ending(film)) ? name : name.substring(0, name.lastIndexOf('.') + 1) + "mp4");
    }
}
