package dev.midframe.convert.parts;

import dev.midframe.container.ContainerException;
import dev.midframe.container.ContainerReader;
import dev.midframe.container.ContainerWriter;
import dev.midframe.container.OutputTrack;
import dev.midframe.container.Packet;
import dev.midframe.convert.Conversion;
import dev.midframe.convert.PictureSource;
import dev.midframe.convert.encoding.EncodedCaps;
import dev.midframe.convert.section.PacketLog;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The pictures of finished parts, one part after the other. */
public final class StoredPictures implements PictureSource {

    private final PartsFolder folder;
    private final long lead;
    private final List<PartRecord> parts;
    private final Packet packet = new Packet();
    private final byte[] firstBytes;
    private @Nullable OutputTrack track;
    private @Nullable ContainerReader reader;
    private int part;
    private int next;
    private long latest;
    private long written;
    private volatile boolean stopped;

    /**
     * Opens the parts of a plan.
     *
     * @param lead by how many nanoseconds all is shown later
     * @throws ContainerException when one is missing, was made by another engine or with other parameters, or two do not
     *     fit together to the nanosecond
     */
    public StoredPictures(PartsFolder folder, long lead) {
        this.lead = lead;
        this.folder = folder;
        List<Integer> missing = folder.missing();
        if (!missing.isEmpty()) {
            throw new ContainerException(missing.size() + " of " + folder.plan().count() + " parts are missing in "
                    + folder.folder() + ", the first is " + missing.getFirst());
        }
        parts = IntStream.range(0, folder.plan().count())
                .mapToObj(number -> folder.read(number).orElseThrow())
                .toList();
        for (int number = 1; number < parts.size(); number++) {
            requireFit(parts.get(number - 1), parts.get(number));
        }
        try (var first = ContainerReader.open(folder.packets(parts.getFirst()));
                var bytes = new Packet()) {
            firstBytes = first.read(bytes) ? bytes.bytes().toArray(ValueLayout.JAVA_BYTE) : new byte[0];
        }
    }

    private static void requireFit(PartRecord one, PartRecord other) {
        String between = "parts " + one.number() + " and " + other.number() + " do not fit: ";
        if (!one.engine().equals(other.engine()) && one.generated() > 0 && other.generated() > 0) {
            throw new ContainerException(between + one.engine() + " made one, " + other.engine() + " the other");
        }
        if (!one.caps().equals(other.caps())) {
            throw new ContainerException(between + "they were encoded in different ways");
        }
        if (one.after() != other.firstTime() || other.before() != one.lastTime()) {
            throw new ContainerException(between + "one ends at " + one.lastTime() + " ns and is followed by "
                    + one.after() + ", the other begins at " + other.firstTime() + " behind " + other.before());
        }
    }

    @Override
    public void start() {}

    @Override
    public Optional<EncodedCaps> caps() {
        return Optional.of(new EncodedCaps(parts.getFirst().caps()));
    }

    @Override
    public byte[] firstBytes() {
        return firstBytes;
    }

    @Override
    public void into(OutputTrack output) {
        track = output;
    }

    @Override
    public long written() {
        return written;
    }

    @Override
    public long latest() {
        return latest;
    }

    @Override
    public Conversion.Result result(int damagedPackets) {
        return new Conversion.Result(
                folder.plan().frames(),
                parts.stream().mapToLong(PartRecord::generated).sum(),
                parts.stream().mapToLong(made -> made.packets().size()).sum(),
                damagedPackets,
                Optional.of(folder.plan().engine()));
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public long nextTime() {
        while (part < parts.size() && next == parts.get(part).packets().size()) {
            closeReader();
            part++;
            next = 0;
        }
        return stopped || part == parts.size()
                ? NO_MORE
                : parts.get(part).packets().get(next).dts() + lead;
    }

    @Override
    public void writeNext(ContainerWriter writer) {
        PartRecord made = parts.get(part);
        if (reader == null) {
            reader = ContainerReader.open(folder.packets(made));
        }
        if (!reader.read(packet)) {
            throw new ContainerException(folder.packets(made) + " has " + next + " packets, not "
                    + made.packets().size() + "; remove it, and the part is made anew");
        }
        PacketLog.Times times = made.packets().get(next++);
        latest = Math.max(latest, times.pts());
        written++;
        if (track != null) {
            writer.write(packet, track, times.pts() + lead, times.dts() + lead, times.duration());
        }
    }

    private void closeReader() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    @Override
    public void close() {
        closeReader();
        packet.close();
    }
}
