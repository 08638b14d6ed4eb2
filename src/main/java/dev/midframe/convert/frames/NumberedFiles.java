package dev.midframe.convert.frames;

import dev.midframe.container.ContainerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Pictures that are files with numbers in their names.
 *
 * @param files in the order of their numbers, which has no gap; one or more
 */
public record NumberedFiles(List<Path> files) {

    private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d+)(\\.(?i:png|jpe?g))");
    private static final Pattern PICTURE = Pattern.compile(".*\\.(?i:png|jpe?g|bmp|tiff?|webp|exr)");
    private static final Pattern PLACE = Pattern.compile("%(?:0(\\d{1,2}))?d");

    /** Whether a picture's name has a place for a number, as {@code %05d.png} has, and is no file. */
    public static boolean isPattern(Path path) {
        return PICTURE.matcher(name(path)).matches()
                && PLACE.matcher(name(path)).find()
                && !Files.exists(path);
    }

    /**
     * The files that a pattern names, or those of a folder that has no other numbered ones.
     *
     * @return empty where it is no pattern, and no folder of numbered pictures
     * @throws ContainerException when a pattern names none, a number is missing, or a folder has several kinds
     */
    public static Optional<NumberedFiles> of(Path path) {
        if (isPattern(path)) {
            Path folder = Optional.ofNullable(path.getParent()).orElse(Path.of(""));
            Matcher place = PLACE.matcher(name(path));
            place.find();
            Pattern wanted = Pattern.compile("(" + Pattern.quote(name(path).substring(0, place.start())) + ")(\\d+)("
                    + Pattern.quote(name(path).substring(place.end())) + ")");
            NumberedFiles found = in(folder, wanted)
                    .orElseThrow(() -> new ContainerException("there is no picture " + path + " with a number for %d"));
            return Optional.of(found);
        }
        return Files.isDirectory(path) ? in(path, NUMBERED) : Optional.empty();
    }

    private static Optional<NumberedFiles> in(Path folder, Pattern wanted) {
        var numbered = new TreeMap<Long, Path>();
        var kinds = new ArrayList<String>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Matcher name = wanted.matcher(name(file));
                if (name.matches() && name.group(2).length() < 18) {
                    String kind = name.group(1) + "%d" + name.group(3).toLowerCase(Locale.ROOT);
                    if (!kinds.contains(kind)) {
                        kinds.add(kind);
                    }
                    numbered.put(Long.parseLong(name.group(2)), file);
                }
            }
        } catch (IOException e) {
            throw new ContainerException("cannot read the folder " + folder + ": " + e.getMessage());
        }
        if (kinds.size() > 1) {
            throw new ContainerException(
                    folder + " has several kinds of numbered pictures; name one: " + folder.resolve(kinds.getFirst()));
        }
        long expected = numbered.isEmpty() ? 0 : numbered.firstKey();
        for (long number : numbered.keySet()) {
            if (number != expected) {
                throw new ContainerException(folder + ": picture " + expected + " is missing before " + number
                        + "; number them without gaps");
            }
            expected++;
        }
        return numbered.isEmpty() ? Optional.empty() : Optional.of(new NumberedFiles(List.copyOf(numbered.values())));
    }

    /** The name of a picture of a pattern. */
    static String name(Path pattern, int number) {
        Matcher place = PLACE.matcher(name(pattern));
        return place.replaceFirst(found -> {
            String width = found.group(1);
            return width == null ? Integer.toString(number) : String.format("%0" + width + "d", number);
        });
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
