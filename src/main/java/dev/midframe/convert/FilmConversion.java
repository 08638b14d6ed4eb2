package dev.midframe.convert;

import dev.midframe.container.ContainerException;
import dev.midframe.container.ContainerReader;
import dev.midframe.container.ContainerWriter;
import dev.midframe.container.Packet;
import dev.midframe.container.Track;
import dev.midframe.convert.encoding.EncodedCaps;
import dev.midframe.convert.encoding.SoundEncoder;
import dev.midframe.convert.section.PacketLog;
import dev.midframe.convert.section.Section;
import dev.midframe.pipeline.PipelineDescription;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** A film out of a container into another. */
final class FilmConversion implements Conversion {

    private final Plan plan;
    private final ConvertSettings settings;
    private final PartFile output;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Kind kind;
    private volatile @Nullable PictureSource pictures;
    /** Whether what was written stays: it is whole, or the part of it is asked for. */
    private boolean settled;

    /**
     * What kind of conversion it is.
     *
     * @param section empty for all of the film
     * @param log of a part, which has nothing but pictures
     * @param made opens pictures that were made before, to be shown so many nanoseconds later; empty where they are to be made
     */
    private record Kind(
            Optional<Section> section, Optional<PacketLog> log, Optional<LongFunction<PictureSource>> made) {

        private static final Kind USUAL = new Kind(Optional.empty(), Optional.empty(), Optional.empty());
    }

    private FilmConversion(Plan plan, ConvertSettings settings, Path output, Kind kind) {
        this.kind = kind;
        this.plan = plan;
        this.settings = settings;
        this.output = new PartFile(output);
    }

    /**
     * Plans a conversion; nothing is written yet.
     *
     * @throws ContainerException when the output's container cannot hold what is asked for, or cannot be written there
     */
    static Conversion of(Film film, Path output, ConvertSettings settings) {
        return of(film, output, settings, Kind.USUAL);
    }

    static Conversion ofSection(Film film, Path output, ConvertSettings settings, Section section) {
        FilmConversion conversion =
                of(film, output, settings, new Kind(Optional.of(section), Optional.empty(), Optional.empty()));
        if (conversion.plan.tracks().stream().anyMatch(Plan.Encoded.class::isInstance)) {
            throw new ContainerException(
                    output + " cannot hold the film's sound as it is, and a section of sound is not"
                            + " encoded anew; choose another ending, such as .mkv");
        }
        return conversion;
    }

    static Conversion ofPictures(
            Film film, Path output, ConvertSettings settings, LongFunction<PictureSource> pictures) {
        return of(film, output, settings, new Kind(Optional.empty(), Optional.empty(), Optional.of(pictures)));
    }

    static Conversion ofPart(
            Film film, Path part, Path output, ConvertSettings settings, Optional<Section> section, PacketLog log) {
        return new FilmConversion(
                Planner.plan(film, Container.of(output), settings).withoutTracks(),
                settings,
                part,
                new Kind(section, Optional.of(log), Optional.empty()));
    }

    private static FilmConversion of(Film film, Path output, ConvertSettings settings, Kind kind) {
        Path folder = output.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder) || Files.isDirectory(output)) {
            throw new ContainerException("cannot write " + output + ": "
                    + (Files.isDirectory(output)
                            ? "it is a folder"
                            : "there is no folder " + folder + " that may be written"));
        }
        return new FilmConversion(Planner.plan(film, Container.of(output), settings), settings, output, kind);
    }

    @Override
    public List<String> notes() {
        return plan.notes();
    }

    @Override
    public String encoder() {
        return plan.encoder().element();
    }

    @Override
    public String pipeline() {
        return PictureText.of(plan, settings)
                .forPerson(
                        "matroskamux\n  ! filesink location=${output}",
                        Map.of("output", output.target() + ".pictures.mkv"))
                .text();
    }

    @Override
    public long positionNanos() {
        PictureSource running = pictures;
        return running == null ? 0 : running.latest();
    }

    @Override
    public long durationNanos() {
        return plan.film().durationNanos();
    }

    @Override
    public void stop() {
        stopped.set(true);
        PictureSource running = pictures;
        if (running != null) {
            running.stop();
        }
    }

    @Override
    public void removeOutput() {
        output.remove();
    }

    @Override
    public Result run(boolean keepPartial) {
        var sources = new ArrayList<PacketSource>();
        try (var _ = output.claim()) {
            try (var reader = ContainerReader.open(plan.film().file())) {
                return run(reader, sources, keepPartial);
            } finally {
                pictures = null;
                sources.forEach(PacketSource::close);
                if (!settled) {
                    output.remove();
                }
            }
        }
    }

    private Result run(ContainerReader reader, List<PacketSource> sources, boolean keepPartial) {
        long lead = lead();
        var copied = new CopiedPackets(
                reader,
                plan.film(),
                kind.section(),
                lead - begins(),
                !plan.container().hasTimesBelowZero());
        sources.add(copied);
        PictureSource encodedPictures =
                kind.made().map(open -> open.apply(lead)).orElseGet(() -> encodedPictures(copied, lead));
        sources.add(encodedPictures);
        pictures = encodedPictures;
        Map<Integer, EncodedPackets> sounds = new HashMap<>();
        for (Plan.Kept kept : plan.tracks()) {
            if (kept instanceof Plan.Encoded encoded) {
                EncodedPackets sound = sound(encoded, lead);
                sounds.put(encoded.track().index(), sound);
                sources.add(sound);
                sound.start();
            }
        }
        encodedPictures.start();
        requireRunning();
        EncodedCaps caps = encodedPictures.caps().orElseThrow(() -> {
            requireRunning();
            return new ContainerException("no picture of " + plan.film().file() + " could be decoded");
        });
        boolean playable = false;
        try (var writer = ContainerWriter.create(output.path(), container().format())) {
            try {
                new OutputTracks(plan, settings, reader, writer).add(caps, encodedPictures, sounds, copied);
                writer.begin(container().options());
                playable = true;
                write(sources, writer);
                requireRunning();
                requireAll(encodedPictures.result(copied.damaged()), encodedPictures.written());
                writer.finish();
                settled = true;
            } finally {
                if (!settled && playable && keepPartial) {
                    writer.finish();
                    settled = true;
                }
            }
            Result result = encodedPictures.result(copied.damaged());
            kind.log().ifPresent(log -> log.madeOf(caps.text()));
            output.complete();
            return result;
        }
    }

    /** Parts are Matroska, whatever they will be together. */
    private Container container() {
        return kind.log().isPresent() ? Container.MATROSKA : plan.container();
    }

    private PictureSource encodedPictures(CopiedPackets copied, long lead) {
        var encoded = new EncodedPackets(
                PictureText.of(plan, settings, kind.section()).forProgram(),
                kind.section()
                        .map(section -> new EncodedPackets.Timing(
                                OptionalLong.empty(), section.offset() + lead - begins(), kind.section()))
                        .orElseGet(() -> timing(plan.film().pictures(), lead)),
                () -> endsAsTheFilm() ? copied.pictureEnd() : Packet.UNKNOWN_TIME,
                Feed.of(plan.film()));
        kind.log().ifPresent(encoded::logTo);
        return encoded;
    }

    /** When the output begins, in nanoseconds of the whole film's: a part keeps the times of the whole. */
    private long begins() {
        return kind.log().isPresent()
                ? 0
                : kind.section()
                        .map(section -> section.from() + section.offset())
                        .orElse(0L);
    }

    private boolean endsAsTheFilm() {
        return plan.film().frames().isEmpty()
                && kind.section()
                        .filter(section -> section.until() < Long.MAX_VALUE)
                        .isEmpty();
    }

    private void write(List<PacketSource> sources, ContainerWriter writer) {
        while (!stopped.get()) {
            PacketSource first = sources.getFirst();
            long time = PacketSource.NO_MORE;
            for (PacketSource source : sources) {
                if (source.nextTime() < time) {
                    first = source;
                    time = source.nextTime();
                }
            }
            if (time == PacketSource.NO_MORE) {
                return;
            }
            first.writeNext(writer);
        }
    }

    private void requireRunning() {
        if (stopped.get()) {
            throw new ContainerException("stopped");
        }
    }

    /** By how much all has to be later so that no time is below 0, in a container that has no such times. */
    private long lead() {
        if (plan.container().hasTimesBelowZero() || kind.log().isPresent() || begins() > 0) {
            return 0;
        }
        long padding = plan.tracks().stream()
                .mapToLong(kept -> kept instanceof Plan.Encoded(Track track, SoundEncoder encoder)
                        ? encoder.paddingNanos(track.sampleRate())
                        : 0)
                .max()
                .orElse(0);
        return Math.max(padding, -plan.film().earliest());
    }

    private void requireAll(Result result, long written) {
        plan.film().requireAllFrames(result.framesIn());
        if (written < result.framesOut()) {
            throw new ContainerException(plan.encoder().element() + " gave only " + written + " of "
                    + result.framesOut() + " pictures back; choose another --codec");
        }
    }

    private EncodedPackets sound(Plan.Encoded encoded, long lead) {
        Track track = encoded.track();
        String text = SourceText.of(plan.film(), track).orElseThrow() + " ! queue ! audioconvert ! audioresample ! "
                + encoded.encoder().text() + " ! appsink name=packets sync=false max-buffers=64";
        return new EncodedPackets(
                PipelineDescription.of(text, Map.of("input", plan.film().file().toString())),
                timing(track, lead - encoded.encoder().paddingNanos(track.sampleRate())),
                () -> Packet.UNKNOWN_TIME,
                Optional.empty());
    }

    private EncodedPackets.Timing timing(Track track, long offset) {
        Film film = plan.film();
        if (track.index() == film.pictures().index() && Feed.caps(film).isPresent()) {
            return new EncodedPackets.Timing(OptionalLong.empty(), Feed.origin(film) + offset);
        }
        OptionalLong first = film.firstTime(track);
        return new EncodedPackets.Timing(
                first.isPresent() ? OptionalLong.of(first.getAsLong() - film.startNanos()) : first, offset);
    }
}
