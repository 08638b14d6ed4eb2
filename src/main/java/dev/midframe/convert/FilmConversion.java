package dev.midframe.convert;

import dev.midframe.container.ContainerException;
import dev.midframe.container.ContainerReader;
import dev.midframe.container.ContainerWriter;
import dev.midframe.container.Packet;
import dev.midframe.container.Track;
import dev.midframe.convert.encoding.EncodedCaps;
import dev.midframe.convert.encoding.SoundEncoder;
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
import org.jspecify.annotations.Nullable;

/** A film out of a container into another. */
final class FilmConversion implements Conversion {

    private final Plan plan;
    private final ConvertSettings settings;
    private final PartFile output;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private volatile @Nullable EncodedPackets pictures;
    /** Whether what was written stays: it is whole, or the part of it is asked for. */
    private boolean settled;

    private FilmConversion(Plan plan, ConvertSettings settings, Path output) {
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
        Path folder = output.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder) || Files.isDirectory(output)) {
            throw new ContainerException("cannot write " + output + ": "
                    + (Files.isDirectory(output)
                            ? "it is a folder"
                            : "there is no folder " + folder + " that may be written"));
        }
        return new FilmConversion(Planner.plan(film, Container.of(output), settings), settings, output);
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
        EncodedPackets running = pictures;
        return running == null ? 0 : running.latest();
    }

    @Override
    public long durationNanos() {
        return plan.film().durationNanos();
    }

    @Override
    public void stop() {
        stopped.set(true);
        EncodedPackets running = pictures;
        if (running != null) {
            running.media().stop();
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
        var copied =
                new CopiedPackets(reader, plan.film(), lead, !plan.container().hasTimesBelowZero());
        sources.add(copied);
        EncodedPackets encodedPictures = new EncodedPackets(
                PictureText.of(plan, settings).forProgram(),
                timing(plan.film().pictures(), lead),
                plan.film().frames().isPresent() ? () -> Packet.UNKNOWN_TIME : copied::pictureEnd,
                Feed.of(plan.film()));
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
        try (var writer = ContainerWriter.create(output.path(), plan.container().format())) {
            try {
                new OutputTracks(plan, settings, reader, writer).add(caps, encodedPictures, sounds, copied);
                writer.begin(plan.container().options());
                playable = true;
                write(sources, writer);
                requireRunning();
                requireAll(Result.of(encodedPictures.media(), copied.damaged()), encodedPictures.written());
                writer.finish();
                settled = true;
            } finally {
                if (!settled && playable && keepPartial) {
                    writer.finish();
                    settled = true;
                }
            }
            Result result = Result.of(encodedPictures.media(), copied.damaged());
            output.complete();
            return result;
        }
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
        if (plan.container().hasTimesBelowZero()) {
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
