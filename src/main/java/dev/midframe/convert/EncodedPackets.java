package dev.midframe.convert;

import dev.midframe.container.ContainerWriter;
import dev.midframe.container.OutputTrack;
import dev.midframe.container.Packet;
import dev.midframe.convert.encoding.EncodedCaps;
import dev.midframe.pipeline.AppSink;
import dev.midframe.pipeline.MediaBuffer;
import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.Outcome;
import dev.midframe.pipeline.PipelineDescription;
import dev.midframe.pipeline.PipelineException;
import dev.midframe.pipeline.Sample;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The packets of one track that a pipeline makes, by its {@code appsink} named {@code packets}. */
final class EncodedPackets implements PacketSource {

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
    private @Nullable Long shift;
    private long latestPts = Packet.UNKNOWN_TIME;
    private boolean ended;
    private long written;

    /**
     * How a pipeline's running time becomes a time of the output.
     *
     * @param first when the track's first packet is presented, where the pipeline's clock begins elsewhere
     * @param offset nanoseconds by which all is later
     */
    record Timing(OptionalLong first, long offset) {

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

    /** The pipeline, for its progress, its counters and to stop it. */
    MediaPipeline media() {
        return media;
    }

    /** Begins; {@link #caps} waits for the first packet. */
    void start() {
        media.keepOneSegment();
        feed.ifPresent(fed -> media.dropFrames(PictureText.DECODED, fed::isDiscarded));
        media.play();
        feed.ifPresent(fed -> fed.into(media.appSrc("feed").orElseThrow()));
    }

    /**
     * What is made; waits for the first packet.
     *
     * @return empty where the track has none
     * @throws PipelineException when the pipeline fails before that
     */
    Optional<EncodedCaps> caps() {
        fetch(1);
        return held.isEmpty()
                ? Optional.empty()
                : Optional.of(new EncodedCaps(held.getFirst().sample().capsText()));
    }

    /** The bytes of the first packet. */
    byte[] firstBytes() {
        return held.getFirst().sample().read(bytes -> bytes.toArray(ValueLayout.JAVA_BYTE));
    }

    /** Where the packets go. */
    void into(OutputTrack output) {
        track = output;
    }

    /** How many packets were written. */
    long written() {
        return written;
    }

    /** How far the packets are that were made, in nanoseconds. */
    long latest() {
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
        long running = Math.max(0, sample.runningTime());
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
