package dev.midframe.element;

import dev.midframe.cadence.CadenceSettings;
import dev.midframe.cadence.Duplicates;
import dev.midframe.cadence.OutputRate;
import dev.midframe.cadence.Ratio;
import dev.midframe.cadence.change.ChangeDetector;
import dev.midframe.element.buffers.Allocation;
import dev.midframe.element.buffers.Buffers;
import dev.midframe.element.buffers.Mask;
import dev.midframe.element.caps.CapsTransform;
import dev.midframe.element.caps.VideoInfo;
import dev.midframe.element.properties.OnOverload;
import dev.midframe.element.properties.Settings;
import dev.midframe.element.stream.Counters;
import dev.midframe.element.stream.Departure;
import dev.midframe.element.stream.EngineSlot;
import dev.midframe.element.stream.EngineWorker;
import dev.midframe.element.stream.Flow;
import dev.midframe.element.stream.Flushing;
import dev.midframe.element.stream.LatencyQuery;
import dev.midframe.element.stream.Lateness;
import dev.midframe.element.stream.Overload;
import dev.midframe.element.stream.Stream;
import dev.midframe.element.stream.Stretch;
import dev.midframe.element.stream.Timeline;
import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.DebugCategory.Level;
import dev.midframe.interpolation.InterpolationException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One element in a pipeline. Its stream belongs to the streaming thread (which holds GStreamer's stream lock); settings,
 * counters and latency are read by any.
 */
public final class Element {

    private static final OutputRate PASS = new OutputRate.Factor(new Ratio(1, 1));

    private final ElementContext context;
    private final long address;
    private final BaseTransform transform;
    private final Messages messages;
    private final Allocation allocation;
    private final Buffers buffers;
    private final EngineSlot engine;
    private final CapsTransform caps;
    private final Lateness lateness;
    private final Settings settings = new Settings();
    private final Counters counters = new Counters();
    private final Stretch stretch;
    private final Timeline timeline = new Timeline();
    private final Flushing flushing = new Flushing();

    private String name = "midframe";
    private @Nullable Stream stream;
    private volatile boolean stale;
    private volatile long latencyNanos;

    Element(ElementContext context, long address) {
        this.context = context;
        this.address = address;
        this.transform = new BaseTransform(context.gstreamer(), address);
        this.messages = new Messages(context.gstreamer(), address);
        this.allocation = new Allocation(context.gstreamer());
        this.buffers = new Buffers(context.gstreamer());
        this.stretch = new Stretch(settings, buffers);
        this.engine = new EngineSlot(context.engines(), context.closing(), messages, transform::isActive, flushing);
        this.lateness = new Lateness(context.gstreamer(), address);
        this.caps = new CapsTransform(context.gstreamer());
    }

    public Settings settings() {
        return settings;
    }

    public Counters counters() {
        return counters;
    }

    public Stretch stretch() {
        return stretch;
    }

    Messages messages() {
        return messages;
    }

    public EngineSlot engine() {
        return engine;
    }

    /** How long frames are held, in nanoseconds. */
    long latencyNanos() {
        return latencyNanos;
    }

    boolean start() {
        name = transform.name();
        counters.reset();
        stretch.reset();
        flushing.start();
        try {
            settings.rate();
            return true;
        } catch (InterpolationException e) {
            messages.settingsError(e.getMessage());
            return false;
        }
    }

    /** The state change that ends the stream begins: the streaming thread waits for nothing any more. */
    void ending() {
        flushing.stop();
    }

    void stop() {
        closeStream();
        engine.close();
        timeline.reset();
    }

    long transformCaps(int direction, long from, long filter) {
        return caps.transform(direction, from, filter, linkingRate());
    }

    // A wrong rate is reported when the element starts or opens its stream; until then it must not keep pads from
    // linking.
    private OutputRate linkingRate() {
        try {
            return settings.rate();
        } catch (InterpolationException e) {
            return PASS;
        }
    }

    boolean setCaps(long inputCaps) {
        adoptThread();
        drain();
        closeStream();
        VideoInfo info;
        try {
            info = VideoInfo.of(context.gstreamer().video(), inputCaps);
        } catch (InterpolationException e) {
            messages.formatError(e.getMessage());
            return false;
        }
        return guarded(() -> {
                    open(info);
                    return Flow.OK;
                })
                == Flow.OK;
    }

    private void open(VideoInfo info) {
        stale = false;
        LatencyQuery upstream = LatencyQuery.upstream(context.gstreamer(), transform.sinkPad());
        CadenceSettings rules = settings.cadence(upstream.live());
        int depth = settings.depth(upstream.live(), info.format());
        EngineWorker worker = neverGenerates(rules) ? null : engine.open(settings.request(info.format(), depth));
        Stream opened = new Stream(
                info,
                rules,
                new ChangeDetector(info.format(), settings.sceneThreshold),
                settings.mask.isEmpty() ? null : Mask.read(settings.mask, info.format()),
                worker,
                depth,
                settings.onOverload == OnOverload.SKIP ? lateness : Overload.BLOCK,
                context.gstreamer(),
                this::newBufferLike,
                flushing);
        stream = opened;
        lateness.begin(upstream, opened.latencyNanos(), info.frameNanos(), worker != null);
        if (opened.latencyNanos() != latencyNanos) {
            latencyNanos = opened.latencyNanos();
            messages.latency();
        }
        debug(
                Level.INFO,
                () -> info.format() + " at " + info.rate() + " frames a second, " + rules + ", latency "
                        + opened.latencyNanos() + " ns" + (worker == null ? ", nothing to generate" : ""));
    }

    private static boolean neverGenerates(CadenceSettings rules) {
        return rules.rate().equals(PASS) && rules.duplicates() == Duplicates.KEEP;
    }

    /** A property has another value; what can change in mid-stream changes with the next frame. */
    public void settingsChanged() {
        stale = true;
        transform.reconfigure();
    }

    /** A sink says how late a frame came. True: this element leaves out generated frames, nobody has to drop real ones. */
    boolean qualityOfService(long event) {
        boolean generatingTakesLong = lateness.observe(event, latencyNanos);
        flushing.wake();
        return generatingTakesLong && settings.onOverload == OnOverload.SKIP;
    }

    /** Takes the buffer that the parent class has stashed. */
    int submit() {
        adoptThread();
        long buffer = transform.takeQueuedBuffer();
        counters.arrived();
        Stream open = stream;
        if (open == null) {
            buffers.unref(buffer);
            return Flow.NOT_NEGOTIATED;
        }
        if (timeline.goesBack(Buffers.pts(buffer))) {
            drain();
            timeline.reset();
        }
        return guarded(() -> {
            accept(current(open), buffer);
            return Flow.OK;
        });
    }

    private Stream current(Stream open) {
        if (stale) {
            drain();
            closeStream();
            open(open.info());
        }
        Stream current = Objects.requireNonNull(stream);
        if (settings.onOverload == OnOverload.SKIP) {
            lateness.apply(current);
        }
        return current;
    }

    private void accept(Stream open, long buffer) {
        long duration = Buffers.duration(buffer);
        if (duration == Buffers.NONE) {
            duration = open.info().frameNanos();
        }
        long start = transform.segmentStart();
        long pts = timeline.next(Buffers.pts(buffer), duration, start);
        if (pts == Timeline.UNKNOWN || transform.isBackwards()) {
            open.pass(buffer);
        } else {
            lateness.arrived(pts);
            settings.origin(transform::pts).ifPresent(open::beginWith);
            open.accept(buffer, pts, duration, start);
        }
    }

    /** Writes the next frame to be pushed, or NULL. */
    int generate(long outputBuffer) {
        Memory.putLong(outputBuffer, 0, 0);
        Stream open = stream;
        if (open == null) {
            return Flow.OK;
        }
        return guarded(() -> {
            Departure.Ready departure = next(open, false);
            if (departure != null) {
                Memory.putLong(outputBuffer, 0, departure.buffer());
            }
            return Flow.OK;
        });
    }

    /** Pushes everything that has come. */
    int drain() {
        Stream open = stream;
        if (open == null || flushing.isOn()) {
            return Flow.OK;
        }
        int flow = guarded(() -> {
            open.drain();
            long pad = transform.sourcePad();
            for (Departure.Ready departure = next(open, true); departure != null; departure = next(open, true)) {
                int pushed = context.gstreamer().elements().gst_pad_push(pad, departure.buffer());
                if (pushed != Flow.OK) {
                    return pushed;
                }
            }
            return Flow.OK;
        });
        if (flow != Flow.OK) {
            open.flush();
        }
        return flow;
    }

    /** What runs is no longer wanted. From any thread. */
    void flushStart() {
        debug(Level.DEBUG, () -> "flush: what runs is given up");
        flushing.begin();
    }

    void flushStop() {
        Stream open = stream;
        if (open != null) {
            open.flush();
        }
        timeline.reset();
        lateness.reset();
        flushing.end();
    }

    /** Another segment: its times have nothing to do with those before. */
    void segment() {
        drain();
        Stream open = stream;
        if (open != null) {
            open.flush();
        }
        timeline.reset();
    }

    void decideAllocation(long query) {
        Stream open = stream;
        if (open == null) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            long outputCaps = arena.allocate(ValueLayout.JAVA_LONG).address();
            context.gstreamer().gst().gst_query_parse_allocation(query, outputCaps, 0);
            allocation.decide(query, Memory.getLong(outputCaps, 0), open.info());
        }
    }

    void proposeAllocation(long query) {
        Stream open = stream;
        if (open != null) {
            allocation.propose(query, open.info(), open.heldBuffers());
        }
    }

    private long newBufferLike(long real) {
        try (Arena arena = Arena.ofConfined()) {
            long created = arena.allocate(ValueLayout.JAVA_LONG).address();
            int flow = context.parent().prepare_output_buffer(address, real, created);
            if (flow != Flow.OK) {
                throw new Flow.Stop(flow);
            }
            return Memory.getLong(created, 0);
        }
    }

    private Departure.@Nullable Ready next(Stream open, boolean all) {
        for (Departure departure = open.next(all); departure != null; departure = open.next(all)) {
            long streamTime = transform.streamTime(departure.pts());
            if (!stretch.holds(departure, streamTime)) {
                continue;
            }
            counters.leaves(departure.kind());
            long nanos = System.nanoTime() - departure.arrival();
            Departure leaving = departure;
            debug(Level.DEBUG, () -> leaving.kind() + " frame at " + leaving.pts() + " ns, after " + nanos + " ns");
            context.observer().frame(name, streamTime, departure.kind(), nanos);
            if (departure instanceof Departure.Ready ready) {
                return ready;
            }
        }
        return null;
    }

    private void debug(Level level, Supplier<String> line) {
        context.debug().log(level, address, line);
    }

    private int guarded(IntSupplier work) {
        try {
            return work.getAsInt();
        } catch (Flow.Stop stop) {
            return stop.flow();
        } catch (InterpolationException e) {
            messages.engineError(e.getMessage());
            return Flow.ERROR;
        }
    }

    private void closeStream() {
        Stream open = stream;
        stream = null;
        if (open != null) {
            open.close();
        }
    }

    // A native thread comes without one, and libraries that look for services fail then.
    private static void adoptThread() {
        Thread thread = Thread.currentThread();
        if (thread.getContextClassLoader() == null) {
            thread.setContextClassLoader(Element.class.getClassLoader());
        }
    }
}
