package dev.midframe.convert;

import dev.midframe.cadence.Ratio;
import dev.midframe.container.ContainerException;
import dev.midframe.container.ContainerReader;
import dev.midframe.container.Packet;
import dev.midframe.container.PictureFormat;
import dev.midframe.container.Rational;
import dev.midframe.container.Track;
import dev.midframe.container.TrackKind;
import dev.midframe.convert.frames.FrameSource;
import dev.midframe.convert.frames.NumberedFiles;
import dev.midframe.convert.frames.StillsSource;
import dev.midframe.convert.frames.Y4mSource;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What was found in a file.
 *
 * @param format FFmpeg's names of the container
 * @param tracks all of them
 * @param pictures the video track that is the film
 * @param firstTimes when the first packet of a track is presented at which decoding can begin, in nanoseconds, by index; in a
 *     trimmed film, of other tracks than the pictures, the first that is not cut away
 * @param startNanos when the first track begins
 * @param durationNanos 0 where it is unknown
 * @param trimmed whether pictures come first that are decoded and not shown, as in a film cut without encoding
 * @param frames where the pictures come from, where that is not the file; one conversion uses them up
 * @param timesJump whether times begin anywhere, as those of a broadcast
 */
public record Film(
        Path file,
        String format,
        List<Track> tracks,
        Track pictures,
        Map<Integer, Long> firstTimes,
        long startNanos,
        long durationNanos,
        boolean trimmed,
        Optional<FrameSource> frames,
        boolean timesJump) {

    /** Still pictures that libavformat takes for films of one frame. */
    private static final Set<String> STILLS = Set.of("mjpeg", "png", "bmp", "webp", "tiff", "gif");

    private static final long NANOS = 1_000_000_000;
    private static final long LONGEST_PADDING_NANOS = 100_000_000;

    private static final int PACKETS_LOOKED_AT = 2000;

    /**
     * Looks at a file.
     *
     * @throws ContainerException when it cannot be read or has no pictures, in one line
     */
    public static Film of(Path file) {
        try (var reader = ContainerReader.open(file)) {
            Track pictures = reader.tracks().stream()
                    .filter(Film::isFilm)
                    .max(Comparator.comparing((Track track) -> track.isDefault() && !mayBeStill(track))
                            .thenComparing(track -> !mayBeStill(track))
                            .thenComparing(track -> -track.index()))
                    .orElseThrow(() -> new ContainerException(file + " has no video track; nothing to interpolate"));
            if (reader.format().endsWith("_pipe") || pictures.codec().equals("apng")) {
                throw new ContainerException(file + " is a picture, or an animation that GStreamer does not play ("
                        + pictures.codec() + "); make a film of it first, for example: ffmpeg -i "
                        + file.getFileName() + " -c:v ffv1 film.mkv");
            }
            Beginning beginning = Beginning.of(reader, pictures);
            return new Film(
                    file,
                    reader.format(),
                    reader.tracks(),
                    pictures,
                    beginning.firstTimes(),
                    reader.timesJump() ? reader.startNanos() : 0,
                    reader.durationNanos(),
                    beginning.trimmed(),
                    Optional.empty(),
                    reader.timesJump());
        }
    }

    /**
     * Looks at a film, at numbered pictures, or at what comes from standard input.
     *
     * @param path a file, a folder of numbered pictures, a pattern of their names, or {@code -}
     * @param pictureRate of numbered pictures a second
     * @throws ContainerException when it cannot be read, has no pictures, or pictures have no rate, in one line
     */
    public static Film of(Path path, Optional<Ratio> pictureRate) {
        if (path.toString().equals("-")) {
            return ofStandardInput();
        }
        return NumberedFiles.of(path)
                .map(pictures -> ofPictures(
                        pictures,
                        pictureRate
                                .map(rate -> new Rational(rate.numerator(), rate.denominator()))
                                .orElseThrow(() -> new ContainerException(
                                        path + " are pictures, which have no rate; give one, such as --in-fps 24"))))
                .orElseGet(() -> of(path));
    }

    private static Film ofPictures(NumberedFiles pictures, Rational rate) {
        Path first = pictures.files().getFirst();
        try (var reader = ContainerReader.open(first)) {
            long duration = pictures.files().size() * NANOS * rate.denominator() / rate.numerator();
            return ofFrames(reader, first, Optional.of(rate), duration, new StillsSource(pictures, rate));
        }
    }

    private static Film ofStandardInput() {
        var frames = new Y4mSource(new FileInputStream(FileDescriptor.in));
        try {
            Path header = Files.createTempFile("midframe", ".y4m");
            header.toFile().deleteOnExit();
            frames.describe(header);
            try (var reader = ContainerReader.open(header)) {
                return ofFrames(reader, header, Optional.empty(), 0, frames);
            }
        } catch (IOException e) {
            throw new ContainerException("cannot write a temporary file: " + e.getMessage());
        }
    }

    private static Film ofFrames(
            ContainerReader reader, Path file, Optional<Rational> rate, long durationNanos, FrameSource frames) {
        Track found = reader.tracks().getFirst();
        PictureFormat format =
                found.pictures().orElseThrow(() -> new ContainerException(file + " is no picture that can be read"));
        Track pictures = found.shownAt(rate.orElse(format.rate()));
        return new Film(
                file,
                reader.format(),
                List.of(pictures),
                pictures,
                Map.of(),
                0,
                durationNanos,
                false,
                Optional.of(frames),
                false);
    }

    private static boolean isFilm(Track track) {
        return track.kind() == TrackKind.VIDEO && track.used() && !track.cover();
    }

    private static boolean mayBeStill(Track track) {
        return STILLS.contains(track.codec())
                        && track.frames() <= 1
                        && !track.pictures()
                                .map(PictureFormat::rate)
                                .orElseThrow()
                                .isKnown()
                || STILLS.contains(track.codec()) && track.frames() == 1;
    }

    /** What a file's first packets say, to the first of each track at which decoding can begin. */
    private record Beginning(Map<Integer, Long> firstTimes, boolean trimmed) {

        static Beginning of(ContainerReader reader, Track pictures) {
            var times = new HashMap<Integer, Long>();
            var kept = new HashMap<Integer, Long>();
            boolean trimmed = false;
            try (var packet = new Packet()) {
                for (int i = 0;
                        i < PACKETS_LOOKED_AT && kept.size() < reader.tracks().size() && reader.read(packet);
                        i++) {
                    boolean picture = packet.track() == pictures.index();
                    trimmed |= picture && packet.isDiscarded();
                    long time = packet.pts() == Packet.UNKNOWN_TIME ? packet.dts() : packet.pts();
                    if (packet.isKey() && time != Packet.UNKNOWN_TIME) {
                        times.putIfAbsent(packet.track(), time);
                        if (picture || !packet.isDiscarded()) {
                            kept.putIfAbsent(packet.track(), time);
                        }
                    }
                }
            }
            if (trimmed) {
                times.putAll(kept);
            }
            return new Beginning(times, trimmed);
        }
    }

    /** Whether it is an MP4 or MOV, or of their kin. */
    boolean isQuickTime() {
        return format.contains("mp4");
    }

    /**
     * Requires that all pictures were decoded that are not packets of a file, in which damage is usual.
     *
     * @throws ContainerException when some were not
     */
    void requireAllFrames(long decoded) {
        frames.filter(source -> decoded < source.given()).ifPresent(source -> {
            throw new ContainerException("only " + decoded + " of " + source.given() + " pictures could be decoded; the"
                    + " others are damaged, or no pictures");
        });
    }

    /** What is known of the pictures. */
    public PictureFormat pictureFormat() {
        return pictures.pictures().orElseThrow();
    }

    /** Which of the tracks of its kind a track is, from 0. */
    int ordinal(Track track) {
        return (int) tracks.stream()
                .filter(other -> isShown(other, track.kind()) && other.index() < track.index())
                .count();
    }

    /** How many tracks of a kind there are. */
    int count(TrackKind kind) {
        return (int) tracks.stream().filter(track -> isShown(track, kind)).count();
    }

    /** Covers are tags for GStreamer. */
    private static boolean isShown(Track track, TrackKind kind) {
        return track.kind() == kind && track.used() && !track.cover();
    }

    /**
     * When the first packet of all is presented, in nanoseconds, once the film begins at 0; below that for an encoder's padding,
     * not for all that was cut off.
     */
    long earliest() {
        long earliest = firstTimes.entrySet().stream()
                        .filter(track -> !trimmed || track.getKey() != pictures.index())
                        .mapToLong(Map.Entry::getValue)
                        .min()
                        .orElse(0)
                - startNanos;
        return trimmed ? Math.max(earliest, -LONGEST_PADDING_NANOS) : earliest;
    }

    /**
     * When a track's first packet is presented, where GStreamer's clock of the same file may begin elsewhere. QuickTime files
     * need none: their edit lists are followed in the same way.
     */
    OptionalLong firstTime(Track track) {
        Long time = isQuickTime() ? null : firstTimes.get(track.index());
        return time == null ? OptionalLong.empty() : OptionalLong.of(time);
    }
}
