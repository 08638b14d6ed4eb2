package dev.midframe.convert;

import dev.midframe.container.ContainerWriter;
import dev.midframe.container.OutputTrack;
import dev.midframe.container.Packet;
import dev.midframe.convert.encoding.EncodedCaps;
import dev.midframe.convert.section.PacketLog;
import dev.midframe.convert.section.Section;
import dev.midframe.pipeline.AppSink;
import dev.midframe.pipeline.MediaBuffer;
import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.Outcome;
import dev.midframe.pipeline.PipelineDescription;
import dev.midframe.pipeline.PipelineElement;
import dev.midframe.pipeline.PipelineException;
import dev.midframe.pipeline.Sample;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The packets of one track that a pipeline makes, by its {@code appsink} named {@code packets}. */
final class EncodedPackets implements PictureSource {

    /** Encoders reorder fewer frames than that. */
    private static final int HELD = 32;

    private static final Duration LAST_WORD = Duration.ofSeconds(5);

    private final MediaPipeline media;
    private final AppSink sink;
    private final Timing timing;
    private final LongSupplier end;
    private final Optional<Feed> feed;
    private final Deque<Timed> held = new ArrayDeque<>();
    private final Packet packet = new Packet();
    private @Nullable OutputTrack track;
    private @Nullable PacketLog log;
    private @Nullable Long shift;
    private long latestPts = Packet.UNKNOWN_TIME;
    private boolean ended;
    private long written;

    /**
     * How a pipeline's running time becomes a time of the output.
     *
     * @param first when the track's first packet is presented, where the pipeline's clock begins elsewhere
     * @param offset nanoseconds by which all is later
     * @param section whose stream time counts instead; empty for all of the track
     */
    record Timing(OptionalLong first, long offset, Optional<Section> section) {

        /** From a film's beginning. */
        Timing(OptionalLong first, long offset) {
            this(first, offset, Optional.empty());
        }

        long of(Sample sample) {
            return section.isPresent() ? sample.streamTime() : Math.max(0, sample.runningTime());
        }

        long shift(long firstRunning) {
            return (first.isPresent() ? first.getAsLong() - firstRunning : 0) + offset;
        }
    }

    private record Timed(Sample sample, long pts, long dts, long duration) {

        Timed lasting(long least) {
            return new Timed(sample, pts, dts, Math.max(duration, least));
        }
    }

    /**
     * Makes the pipeline; nothing runs yet.
     *
     * @param end when the track ends, in nanoseconds, or {@link Packet#UNKNOWN_TIME}: so long its last packet lasts
     * @param feed what goes into its {@code appsrc} named {@code feed}, where it has one
     */
    EncodedPackets(PipelineDescription description, Timing timing, LongSupplier end, Optional<Feed> feed) {
        this.media = MediaPipeline.launch(description);
        this.sink = media.appSink("packets").orElseThrow();
        this.timing = timing;
        this.end = end;
        this.feed = feed;
    }

    /** From now on it is told of every packet that is written. */
    void logTo(PacketLog packets) {
        log = packets;
    }

    @Override
    public void stop() {
        media.stop();
    }

    @Override
    public Conversion.Result result(int damagedPackets) {
        List<PipelineElement> elements = media.elements("midframe");
        if (log != null && !elements.isEmpty()) {
            log.between(
                    output(elements.getFirst().number("frame-before")),
                    output(elements.getFirst().number("frame-after")));
        }
        return Conversion.Result.of(media, damagedPackets);
    }

    /** A stream time as a time of the output, where there is one. */
    private long output(long streamTime) {
        return streamTime == Long.MAX_VALUE ? streamTime : streamTime + timing.offset();
    }

    /** Begins; {@link #caps} waits for the first packet. */
    @Override
    public void start() {
        Section section = timing.section().filter(one -> one.start() > 0).orElse(null);
        if (section != null) {
            media.playFrom(section.start(), section.later());
        } else {
            media.keepOneSegment();
            feed.ifPresent(fed -> media.dropFrames(PictureText.DECODED, fed::isDiscarded));
            media.play();
        }
        feed.ifPresent(fed -> fed.into(media.appSrc("feed").orElseThrow()));
    }

    /**
     * What is made; waits for the first packet.
     *
     * @return empty where the track has none
     * @throws PipelineException when the pipeline fails before that
     */
    @Override
    public Optional<EncodedCaps> caps() {
        fetch(1);
        return held.isEmpty()
                ? Optional.empty()
                : Optional.of(new EncodedCaps(held.getFirst().sample().capsText()));
    }

    /** The bytes of the first packet. */
    @Override
    public byte[] firstBytes() {
        return held.getFirst().sample().read(bytes -> bytes.toArray(ValueLayout.JAVA_BYTE));
    }

    /** Where the packets go. */
    @Override
    public void into(OutputTrack output) {
        track = output;
    }

    /** How many packets were written. */
    @Override
    public long written() {
        return written;
    }

    /** How far the packets are that were made, in nanoseconds. */
    @Override
    public long latest() {
        return latestPts == Packet.UNKNOWN_TIME ? 0 : latestPts;
    }

    @Override
    public long nextTime() {
        fetch(HELD);
        return held.isEmpty() ? NO_MORE : held.getFirst().dts();
    }

    private void fetch(int count) {
        while (!ended && held.size() < count) {
            Sample sample = sink.pull();
            if (sample == null) {
                ended = true;
                requireGoodEnd();
                lengthenLast();
            } else {
                held.addLast(timed(sample));
            }
        }
    }

    private Timed timed(Sample sample) {
        long running = timing.of(sample);
        if (shift == null) {
            shift = timing.shift(running);
        }
        long pts = running + shift;
        latestPts = Math.max(latestPts, pts);
        long duration = sample.duration() == MediaBuffer.UNKNOWN_TIME ? 0 : sample.duration();
        return new Timed(sample, pts, pts - sample.decodedEarlier(), duration);
    }

    private void requireGoodEnd() {
        feed.map(Feed::failure).ifPresent(failure -> {
            throw failure;
        });
        try {
            Optional<String> failure = media.await(LAST_WORD).flatMap(Outcome::failure);
            if (failure.isPresent()) {
                throw new PipelineException(failure.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The picture that is shown last, and the packet that is decoded last, which tells where a track ends. */
    private void lengthenLast() {
        long until = held.isEmpty() ? Packet.UNKNOWN_TIME : end.getAsLong();
        if (until > latestPts) {
            Timed last = held.getLast();
            for (int left = held.size(); left > 0; left--) {
                Timed timed = held.removeFirst();
                held.addLast(timed == last || timed.pts() == latestPts ? timed.lasting(until - latestPts) : timed);
            }
        }
    }

    /**
     * Lends the bytes of the next packet.
     *
     * @return no at the end, where there is none
     */
    boolean next(Consumer<MemorySegment> use) {
        fetch(1);
        if (held.isEmpty()) {
            return false;
        }
        try (Sample sample = held.removeFirst().sample()) {
            sample.read(bytes -> {
                use.accept(bytes);
                return bytes.byteSize();
            });
        }
        return true;
    }

    @Override
    public void writeNext(ContainerWriter writer) {
        Timed next = held.removeFirst();
        try (Sample sample = next.sample()) {
            boolean key = sample.isKey();
            sample.read(bytes -> {
                packet.fill(bytes);
                return bytes.byteSize();
            });
            packet.markKey(key);
            written++;
            if (log != null) {
                log.add(new PacketLog.Times(next.pts(), next.dts(), next.duration()));
            }
            if (track != null) {
                writer.write(packet, track, next.pts(), next.dts(), next.duration());
            }
        }
    }

    @Override
    public void close() {
        held.forEach(timed -> timed.sample().close());
        held.clear();
        packet.close();
        media.stop();
        feed.ifPresent(Feed::close);
        media.close();
    }
}
