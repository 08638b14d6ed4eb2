package dev.midframe.quality.material;

import dev.midframe.quality.EvaluationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Picture triplets under a folder, in either of two layouts, at any depth down to six:
 *
 * <ul>
 *   <li>Middlebury: {@code input/NAME/frame10.png} and {@code frame11.png}, the real one {@code gt/NAME/frame10i11.png};
 *   <li>UCF101: {@code NAME/frame0.png} and {@code frame2.png}, the real one {@code NAME/frame1.png}.
 * </ul>
 *
 * @param folder where to look
 */
public record TripletFolder(Path folder) {

    private static final int DEPTH = 6;

    public TripletFolder {
        folder = folder.toAbsolutePath().normalize();
    }

    /**
     * All triplets in order of their names, numbers by value.
     *
     * @throws EvaluationException when the folder is missing or holds none
     */
    public List<Sequence> sequences() {
        if (!Files.isDirectory(folder)) {
            throw new EvaluationException("no folder " + folder + ": check the path");
        }
        try (Stream<Path> files = Files.walk(folder, DEPTH)) {
            List<Sequence> found = files.filter(Files::isDirectory)
                    .map(this::triplet)
                    .filter(triplet -> triplet != null)
                    .sorted(Comparator.comparing(Sequence::name, new NumbersByValue()))
                    .toList();
            if (found.isEmpty()) {
                throw new EvaluationException("no triplets in " + folder
                        + ": neither input/*/frame10.png with gt/*/frame10i11.png nor */frame0.png to frame2.png");
            }
            return found;
        } catch (IOException failure) {
            throw new EvaluationException("cannot list " + folder + ": " + failure.getMessage(), failure);
        }
    }

    private @Nullable Sequence triplet(Path inner) {
        Path set = inner.resolve("../..").normalize();
        PictureTriplet middlebury = new PictureTriplet(
                nameOf(set.resolve(inner.getFileName())),
                inner.resolve("frame10.png"),
                set.resolve("gt").resolve(inner.getFileName()).resolve("frame10i11.png"),
                inner.resolve("frame11.png"));
        PictureTriplet ucf101 = new PictureTriplet(
                nameOf(inner), inner.resolve("frame0.png"), inner.resolve("frame1.png"), inner.resolve("frame2.png"));
        return middlebury.exists() ? middlebury : ucf101.exists() ? ucf101 : null;
    }

    private String nameOf(Path inner) {
        return inner.startsWith(folder) && !inner.equals(folder)
                ? folder.relativize(inner).toString()
                : inner.getFileName().toString();
    }
}
