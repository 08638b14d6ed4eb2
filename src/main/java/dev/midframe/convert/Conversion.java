package dev.midframe.convert;

import dev.midframe.convert.frames.FrameTarget;
import dev.midframe.convert.section.PacketLog;
import dev.midframe.convert.section.Section;
import dev.midframe.pipeline.FrameCounts;
import dev.midframe.pipeline.MediaPipeline;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * One film on its way from its place to another. {@link #run} is called once; any thread may {@link #stop} it or ask how far it
 * is.
 */
public interface Conversion {

    /**
     * What was done.
     *
     * @param framesIn of the film
     * @param framesGenerated between them
     * @param framesOut in all
     * @param damagedPackets of other tracks that were left out
     * @param engine that generated them; empty where none had to
     */
    record Result(long framesIn, long framesGenerated, long framesOut, int damagedPackets, Optional<String> engine) {

        /** What a pipeline's elements have counted. */
        static Result of(MediaPipeline media, int damagedPackets) {
            FrameCounts counts = FrameCounts.of(media);
            return new Result(counts.in(), counts.generated(), counts.out(), damagedPackets, counts.engine());
        }
    }

    /**
     * Plans a conversion; nothing is written yet.
     *
     * @param output a file whose ending names its container, numbered pictures ({@code %05d.png}), or {@code -} for standard output
     * @throws dev.midframe.container.ContainerException when the output cannot hold what is asked for, or cannot be written
     *     there
     */
    static Conversion of(Film film, Path output, ConvertSettings settings) {
        return FrameTarget.of(output)
                .<Conversion>map(target -> FrameConversion.of(film, target, settings))
                .orElseGet(() -> FilmConversion.of(film, output, settings));
    }

    /** Plans to make a section of a film a film of its own, that begins at 0. */
    static Conversion ofSection(Film film, Path output, ConvertSettings settings, Section section) {
        return FilmConversion.ofSection(film, output, settings, section);
    }

    /**
     * Plans to give a film pictures that were made before, with all else that it has.
     *
     * @param pictures opens them, to be shown so many nanoseconds later
     */
    static Conversion ofPictures(
            Film film, Path output, ConvertSettings settings, LongFunction<PictureSource> pictures) {
        return FilmConversion.ofPictures(film, output, settings, pictures);
    }

    /**
     * Plans to make a part: the pictures of a section, alone.
     *
     * @param part a Matroska file
     * @param output what the parts will be together
     * @param section empty for all of the film
     * @param log gets the times that Matroska is too coarse for
     */
    static Conversion ofPart(
            Film film, Path part, Path output, ConvertSettings settings, Optional<Section> section, PacketLog log) {
        return FilmConversion.ofPart(film, part, output, settings, section, log);
    }

    /** What a person is to know: what will not be as it was, and why. */
    List<String> notes();

    /** How the pictures are encoded, for people. */
    String encoder();

    /** The pipeline of the pictures, for a person to change and run. */
    String pipeline();

    /** How far the pictures are, in nanoseconds. */
    long positionNanos();

    /** How long the film is, in nanoseconds; 0 where that is unknown. */
    long durationNanos();

    /** Ends it as soon as may be; {@link #run} then throws. */
    void stop();

    /** Removes what was written so far, where {@link #run} does not come to it. */
    void removeOutput();

    /**
     * Converts the film.
     *
     * @param keepPartial whether what was written before it failed or was stopped stays, playable, as a .part file
     * @throws RuntimeException when it fails or is stopped, in one line; the output is not there then
     */
    Result run(boolean keepPartial);
}
