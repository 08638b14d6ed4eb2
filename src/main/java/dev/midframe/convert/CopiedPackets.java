package dev.midframe.convert;

import dev.midframe.container.ContainerReader;
import dev.midframe.container.ContainerWriter;
import dev.midframe.container.OutputTrack;
import dev.midframe.container.Packet;
import dev.midframe.container.Track;
import dev.midframe.convert.section.Section;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The packets of the tracks that stay as they are, out of the file that is read. */
final class CopiedPackets implements PacketSource {

    private final ContainerReader reader;
    private final int pictures;
    private final SteadyTime time;
    private final Optional<Section> section;
    private final long offset;
    private final boolean fromZero;
    private final Map<Integer, Target> targets = new HashMap<>();
    private final Deque<Timed> waiting = new ArrayDeque<>();
    private long pictureEnd = Packet.UNKNOWN_TIME;
    private boolean ended;
    private int damaged;

    /** @param from what it is written as in the input, null where it stays as it is */
    private record Target(OutputTrack track, @Nullable String from, String to) {}

    private record Timed(Packet packet, long pts, long dts) {}

    /**
     * Copies nothing until it is told to.
     *
     * @param reader is lent
     * @param section to which the packets belong that are copied; empty for all of the film
     * @param offset nanoseconds by which all is written later
     * @param fromZero whether what is not to be heard is left out where its time would be below 0
     */
    CopiedPackets(ContainerReader reader, Film film, Optional<Section> section, long offset, boolean fromZero) {
        this.reader = reader;
        this.pictures = film.pictures().index();
        this.time = new SteadyTime(film);
        this.section = section;
        this.offset = offset;
        this.fromZero = fromZero;
    }

    /** Copies a track into another. */
    void copy(Track from, OutputTrack to) {
        targets.put(from.index(), new Target(to, null, from.codec()));
    }

    /** Copies the texts of a track into another, written in another way. */
    void copyTexts(Track from, OutputTrack to, String codec) {
        targets.put(from.index(), new Target(to, from.codec(), codec));
    }

    /**
     * When the film's own last picture ends, in nanoseconds, or {@link Packet#UNKNOWN_TIME}; reads all that is left. What is
     * read on the way waits to be written.
     */
    long pictureEnd() {
        while (readOne()) {}
        return pictureEnd;
    }

    /** How many packets were left out because the output cannot hold what they are. */
    int damaged() {
        return damaged;
    }

    @Override
    public long nextTime() {
        while (waiting.isEmpty()) {
            if (!readOne()) {
                return NO_MORE;
            }
        }
        Timed next = waiting.getFirst();
        return next.dts() == Packet.UNKNOWN_TIME ? next.pts() : next.dts();
    }

    private boolean readOne() {
        if (ended) {
            return false;
        }
        var packet = new Packet();
        boolean kept = false;
        try {
            if (!reader.read(packet)) {
                ended = true;
                return false;
            }
            long shift = time.shift(packet) + offset;
            if (packet.track() == pictures && !packet.isDiscarded() && packet.pts() != Packet.UNKNOWN_TIME) {
                pictureEnd = Math.max(pictureEnd, packet.pts() + packet.duration() + shift);
            }
            boolean unheard = fromZero && packet.isDiscarded() && packet.pts() + shift < 0;
            kept = !unheard && targets.containsKey(packet.track()) && isInside(packet) && rewritten(packet);
            if (kept) {
                waiting.addLast(new Timed(packet, shifted(packet.pts(), shift), shifted(packet.dts(), shift)));
            }
            return true;
        } finally {
            if (!kept) {
                packet.close();
            }
        }
    }

    private boolean isInside(Packet packet) {
        return section.isEmpty()
                || (section.get().from() == 0
                                || packet.pts()
                                        >= section.get().from() + section.get().offset())
                        && packet.pts() - section.get().offset() < section.get().until();
    }

    private static long shifted(long time, long shift) {
        return time == Packet.UNKNOWN_TIME ? time : time + shift;
    }

    /** Whether there is something left of a packet once it is written as its target wants it. */
    private boolean rewritten(Packet packet) {
        Target target = targets.get(packet.track());
        if (target == null || target.from() == null) {
            return target != null;
        }
        byte[] bytes = SubtitleText.convert(packet.bytes().toArray(ValueLayout.JAVA_BYTE), target.from(), target.to());
        if (bytes.length > 0) {
            packet.replace(MemorySegment.ofArray(bytes));
        }
        return bytes.length > 0;
    }

    @Override
    public void writeNext(ContainerWriter writer) {
        Timed next = waiting.removeFirst();
        try (Packet packet = next.packet()) {
            Target target = targets.get(packet.track());
            if (target != null && !writer.write(packet, target.track(), next.pts(), next.dts(), packet.duration())) {
                damaged++;
            }
        }
    }

    @Override
    public void close() {
        waiting.forEach(timed -> timed.packet().close());
        waiting.clear();
    }
}
