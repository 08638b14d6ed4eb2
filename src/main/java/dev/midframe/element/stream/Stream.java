package dev.midframe.element.stream;

import dev.midframe.cadence.Cadence;
import dev.midframe.cadence.CadenceSettings;
import dev.midframe.cadence.CountOrigin;
import dev.midframe.cadence.Duplicates;
import dev.midframe.cadence.RealFrame;
import dev.midframe.cadence.SkipReason;
import dev.midframe.cadence.change.Change;
import dev.midframe.cadence.change.ChangeDetector;
import dev.midframe.element.buffers.Buffers;
import dev.midframe.element.buffers.FrameMap;
import dev.midframe.element.buffers.Mask;
import dev.midframe.element.caps.VideoInfo;
import dev.midframe.ffi.gst.GStreamer;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** A stretch of equal caps: what comes in such a stretch, in order, leaves it in order. Belongs to the streaming thread. */
public final class Stream implements AutoCloseable {

    private final VideoInfo info;
    private final CadenceSettings rules;
    private final Cadence cadence;
    private final ChangeDetector changes;
    private final FrameMap map;
    private final Pairs pairs;
    private final FrameFlow flow;
    private final int depth;
    private long sequence;
    private boolean first = true;
    /** The first frame, where it may be the rest of one: the next tells. */
    private @Nullable Arrived waiting;

    private record Arrived(long buffer, long pts, long duration, long nanos) {}

    public Stream(
            VideoInfo info,
            CadenceSettings rules,
            ChangeDetector changes,
            @Nullable Mask mask,
            @Nullable EngineWorker engine,
            int depth,
            Overload overload,
            GStreamer gstreamer,
            LongUnaryOperator newBufferLike,
            Flushing flushing) {
        this.info = info;
        this.rules = rules;
        this.cadence = Cadence.of(rules);
        this.changes = changes;
        this.depth = engine == null ? 1 : depth;
        this.map = new FrameMap(gstreamer.video(), info);
        this.pairs = new Pairs(engine, this.depth);
        Buffers buffers = new Buffers(gstreamer);
        this.flow =
                new FrameFlow(cadence, pairs, new Pair.Context(map, buffers, flushing, overload), mask, newBufferLike);
    }

    public VideoInfo info() {
        return info;
    }

    /** How long a frame stays at most, in nanoseconds, beside the time of computing. */
    public long latencyNanos() {
        long held = cadence.latencyNanos(info.frameNanos());
        long inFlight = info.rate() == null ? held : info.frameNanos();
        return held + (depth - 1) * inFlight;
    }

    /** How many buffers are held here at most. */
    public int heldBuffers() {
        // A run that waits for its end, and the one before it where frames are due later than they came.
        int runs = rules.duplicates() == Duplicates.BRIDGE ? 2 * rules.maxRepeats() + 1 : 0;
        return depth + 1 + runs;
    }

    /** Whether the engine is not open yet. */
    boolean waitsForEngine() {
        return pairs.areToCome();
    }

    /** Frames before this time are not worth generating; {@link Long#MIN_VALUE}: all are. */
    void skipUntil(long pts, SkipReason reason) {
        cadence.skipUntil(pts, reason);
    }

    /** Where no frame has come yet, goes on with a count of output frames that began elsewhere. */
    public void beginWith(CountOrigin origin) {
        if (first) {
            cadence.continueFrom(origin);
        }
    }

    /** Takes a real frame's buffer with its time, and that of the segment it is in, in nanoseconds. */
    public void accept(long buffer, long pts, long duration, long segmentStart) {
        var frame = new Arrived(buffer, pts, duration, System.nanoTime());
        boolean mayBeClipped = first && pts == segmentStart && isShorter(duration, info.frameNanos());
        first = false;
        if (mayBeClipped) {
            waiting = frame;
            return;
        }
        Arrived before = waiting;
        if (before != null && duration != Timeline.UNKNOWN && !isShorter(before.duration, duration)) {
            // All frames are that short: the announced rate is too low.
            waiting = null;
            take(before);
        }
        passWaiting();
        take(frame);
    }

    private void take(Arrived frame) {
        Change change = map.read(frame.buffer, changes::detect);
        flow.accept(new RealFrame(sequence++, frame.pts, frame.duration, change), frame.buffer, frame.nanos);
    }

    /**
     * Decoders give the part of a frame that a segment begins in, with the segment's time: as a neighbour to interpolate
     * from, or as the beginning of a grid, it would be in a wrong place.
     */
    private static boolean isShorter(long duration, long whole) {
        return duration != Timeline.UNKNOWN && duration < whole * 9 / 10;
    }

    private void passWaiting() {
        if (waiting != null) {
            flow.pass(waiting.buffer, waiting.nanos);
            waiting = null;
        }
    }

    /** Takes a frame of unknown time: it leaves as it came. */
    public void pass(long buffer) {
        passWaiting();
        flow.drain();
        flow.pass(buffer, System.nanoTime());
    }

    /** The end of a stretch of frames: everything may leave. */
    public void drain() {
        passWaiting();
        flow.drain();
    }

    /** Forgets the frames. */
    public void flush() {
        first = true;
        changes.reset();
        passWaiting();
        flow.clear();
    }

    /** The next frame that leaves, null when there is none yet. {@code all}: wait for those still computed. */
    @Nullable
    public Departure next(boolean all) {
        return flow.next(all);
    }

    /** Forgets the frames. What the engine has begun goes on beside. */
    @Override
    public void close() {
        passWaiting();
        flow.clear();
    }
}
