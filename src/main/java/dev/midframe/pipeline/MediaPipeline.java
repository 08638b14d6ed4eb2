package dev.midframe.pipeline;

import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.GstElements;
import dev.midframe.ffi.gst.ObjectReference;
import dev.midframe.ffi.gst.PadProbe;
import dev.midframe.ffi.gst.States;
import dev.midframe.pipeline.input.AbsentStreams;
import dev.midframe.pipeline.input.BeforeSeek;
import dev.midframe.pipeline.input.CodedColour;
import dev.midframe.pipeline.input.LibavDecoders;
import dev.midframe.pipeline.input.OneSegment;
import dev.midframe.pipeline.input.UnwantedFrames;
import dev.midframe.support.DaemonThreads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running pipeline: started once, ended once, its outputs finalized or removed. It owns its elements, sinks and sources
 * too: they can be used until it is closed.
 *
 * <p>Any thread may call any method.
 */
public final class MediaPipeline implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MediaPipeline.class);
    private static final Duration FINALIZE = Duration.ofSeconds(10);
    private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final Duration SEEK = Duration.ofMinutes(2);
    private static final int FORMAT_TIME = 3;
    private static final int FLUSH_ACCURATE = 1 | 2;
    private static final int SET = 1;
    private static final int NONE = 0;
    /** How video sinks report that somebody closed their window: "Output window was closed". */
    private static final String WINDOW_CLOSED = "indow was closed";

    private static final DaemonThreads ENDING = new DaemonThreads("midframe-ending");

    /** What they write is whole only once they have seen the end of the stream. */
    private static final Set<String> FILE_WRITERS =
            Set.of("filesink", "multifilesink", "splitmuxsink", "hlssink", "hlssink2", "giostreamsink", "fdsink");

    private final GStreamer gstreamer;
    private final ObjectReference pipeline;
    private final PipelineElements elements;
    private final BusReader bus;
    private final OutputFiles outputs;
    private final LibavDecoders decoders;

    private final CompletableFuture<Optional<String>> end = new CompletableFuture<>();
    private final CompletableFuture<Boolean> endOfStream = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    /** Every sink had its first frame: from here on there is something to keep. */
    private volatile boolean flowing;
    /** What reached the muxers cannot be written either, or is sound or a first frame without what it was for. */
    private volatile boolean worthless;

    private volatile @Nullable EngineBuild build;

    /** Takes the pipeline over, unless an exception is thrown. */
    private MediaPipeline(GStreamer gstreamer, ObjectReference pipeline, PipelineElements elements) {
        this.gstreamer = gstreamer;
        this.pipeline = pipeline;
        this.elements = elements;
        this.outputs = OutputFiles.of(elements);
        this.bus = new BusReader(gstreamer, pipeline, new Heard());
        this.decoders = new LibavDecoders(gstreamer, pipeline);
        decoders.tame();
        pipeline.use(bin -> CodedColour.prefer(gstreamer, bin));
        AbsentStreams.watch(gstreamer, pipeline, message -> {
            // Sound may have reached the file already.
            worthless = true;
            end.complete(Optional.of(message));
        });
    }

    /**
     * Makes a pipeline; nothing runs yet. {@code midframe} is registered before.
     *
     * @throws PipelineException when the text is no pipeline, an element or property is unknown, or a file cannot be used
     */
    public static MediaPipeline launch(PipelineDescription description) {
        GStreamer gstreamer = GStreamer.get();
        ObjectReference pipeline = new PipelineParser(gstreamer).parse(description);
        PipelineElements elements = new PipelineElements(gstreamer, pipeline);
        try {
            requireDisplay(elements, System.getenv());
            return new MediaPipeline(gstreamer, pipeline, elements);
        } catch (RuntimeException e) {
            elements.close();
            pipeline.close();
            throw e;
        }
    }

    /** Without a display autovideosink tries every sink there is, and in Debian 12 that ends the process with a SIGSEGV. */
    private static void requireDisplay(PipelineElements elements, Map<String, String> environment) {
        if (!elements.ofFactory("autovideosink").isEmpty()
                && environment.getOrDefault("DISPLAY", "").isEmpty()
                && environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty()) {
            throw new PipelineException(
                    "there is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is "
                            + "set); run it on a desktop, or name another sink, such as sink=kmssink");
        }
    }

    /** For a pipeline of one track of a file, in which nobody seeks: its time stays in one piece. Call before {@link #play}. */
    public void keepOneSegment() {
        OneSegment.keep(gstreamer, pipeline);
    }

    /**
     * Keeps frames out of an element. Call before {@link #play}.
     *
     * @param name the element's
     * @param unwanted by their presentation times in nanoseconds; asked in the streaming thread
     */
    public void dropFrames(String name, LongPredicate unwanted) {
        elements.named(name, gst().gst_element_get_type())
                .orElseThrow()
                .reference()
                .use(element -> UnwantedFrames.drop(gstreamer, element, unwanted));
    }

    /** Starts to play. A failure to start ends the pipeline, as any other failure does: see {@link #await}. */
    public void play() {
        bus.start();
        if (pipeline.get(element -> gst().gst_element_set_state(element, States.PLAYING)) == States.FAILURE) {
            // The bus names the reason; give it the time to arrive, and answer all the same where it does not.
            end.completeOnTimeout(Optional.of("the pipeline could not be started"), 2, TimeUnit.SECONDS);
        }
    }

    /**
     * Starts to play from a stream time on. Nothing from before it reaches {@code midframe}, but for what is cut off.
     *
     * @param nanos above 0
     * @param later by how many nanoseconds stream time is later than timestamps, as it is from the film's beginning
     * @throws PipelineException when the film cannot be sought in
     */
    public void playFrom(long nanos, long later) {
        CompletableFuture<Void> arrived =
                elements("midframe").getFirst().reference().get(element -> BeforeSeek.hold(gstreamer, element, later));
        play();
        try {
            CompletableFuture.anyOf(arrived, end).get(SEEK.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PipelineException("interrupted before the film was sought in", e);
        } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
            throw new PipelineException("no frame came in " + SEEK.toSeconds() + " s, to seek from", e);
        }
        if (!end.isDone()
                && pipeline.get(element ->
                                gst().gst_element_seek(element, 1, FORMAT_TIME, FLUSH_ACCURATE, SET, nanos, NONE, 0))
                        == 0) {
            throw new PipelineException("the film cannot be sought in");
        }
    }

    /** The elements made by one factory, for example {@code midframe}, in no particular order. */
    public List<PipelineElement> elements(String factory) {
        return elements.ofFactory(factory);
    }

    /** The factories of the elements that everything in the pipeline begins with. */
    public List<String> sources() {
        return elements.factories(gst()::gst_bin_iterate_sources);
    }

    /** The appsink of this name. */
    public Optional<AppSink> appSink(String name) {
        return elements.named(name, gstreamer.app().gst_app_sink_get_type())
                .map(element -> new AppSink(gstreamer, element, this::hasFailed));
    }

    /** The appsrc of this name. */
    public Optional<AppSrc> appSrc(String name) {
        return elements.named(name, gstreamer.app().gst_app_src_get_type())
                .map(element -> new AppSrc(gstreamer, element));
    }

    /** The webrtcbin of this name. */
    public Optional<WebRtcBin> webRtcBin(String name) {
        return elements("webrtcbin").stream()
                .filter(element -> element.name().equals(name))
                .findFirst()
                .map(element -> new WebRtcBin(gstreamer, element, this));
    }

    /** Has all elements agree once more on how late the sinks are. */
    void recalculateLatency() {
        pipeline.useIfOpen(gst()::gst_bin_recalculate_latency);
    }

    private boolean hasFailed() {
        return end.isDone() && end.join().isPresent();
    }

    /** Lets so many buffers leave an element by its pad {@code src}, and then ends the stream as {@link #finish} does. */
    public void endAfter(int buffers, PipelineElement element) {
        var passed = new AtomicInteger();
        element.reference().use(address -> {
            long pad = gst().gst_element_get_static_pad(
                            address, gstreamer.strings().lasting("src"));
            gstreamer.callbacks().probe(gstreamer, pad, PadProbe.BUFFER, (self, buffer) -> {
                int number = passed.incrementAndGet();
                if (number == buffers + 1) {
                    ENDING.newThread(this::finish).start();
                }
                return number > buffers ? PadProbe.DROP : PadProbe.OK;
            });
            gst().gst_object_unref(pad);
        });
    }

    /** How far the stream is; nowhere once this is closed. */
    public Progress progress() {
        return Progress.of(gst(), pipeline);
    }

    /** Nanoseconds that it has been running on its clock; {@link MediaBuffer#UNKNOWN_TIME} where it has none yet. */
    public long runningTime() {
        return pipeline.get(gst()::gst_element_get_current_running_time);
    }

    /** What the element is having built at the moment, which takes minutes; empty when nothing is. */
    public Optional<EngineBuild> engineBuild() {
        return Optional.ofNullable(build);
    }

    /**
     * Ends the stream in good order: sources stop, what is under way is finished, files are finalized. One that has not
     * begun, because its engine is still being built, is given up.
     */
    public void finish() {
        if (closed.get()) {
            return;
        }
        EngineBuild unfinished = build;
        if (unfinished != null
                && elements("midframe").stream().allMatch(element -> element.number("frames-generated") == 0)) {
            // The first frame may have reached the file already.
            worthless = true;
            end.complete(Optional.of("stopped before " + unfinished.what() + " was built"));
        } else {
            // An element that is blocked holds up whoever sends it an event.
            ENDING.newThread(() -> pipeline.useIfOpen(element -> gst().gst_element_send_event(
                                    element, gstreamer.gst().gst_event_new_eos())))
                    .start();
        }
    }

    /**
     * Ends the stream for somebody who wants to go: in good order, as {@link #finish} does, where a file is written, else at
     * once.
     */
    public void interrupt() {
        if (elements.factories(gst()::gst_bin_iterate_recurse).stream().anyMatch(FILE_WRITERS::contains)) {
            finish();
        } else {
            end.complete(Optional.empty());
        }
    }

    /** The elements whose input has ended and whose output has not: where a stream hangs that does not end. */
    public List<String> unfinished() {
        return elements.unfinished();
    }

    /** Finalizes files without what is still under way, where {@link #finish} takes too long. Returns at once. */
    public void cutShort() {
        ENDING.newThread(new Muxers(gstreamer, pipeline)::end).start();
    }

    /** Waits for the end for the given time; empty when the pipeline still runs. */
    public Optional<Outcome> await(Duration time) throws InterruptedException {
        try {
            Optional<String> failure = end.get(time.toNanos(), TimeUnit.NANOSECONDS);
            return Optional.of(new Outcome(failure, failure.isEmpty() || flowing && !worthless && finalizeOutputs()));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("a pipeline's end is never exceptional", e);
        }
    }

    /** Closes the pipeline and removes the files it wrote, for an outcome whose outputs are not complete. */
    public List<Path> removeOutputs() {
        close();
        return outputs.remove();
    }

    /** The files this pipeline writes. */
    public List<Path> outputs() {
        return outputs.files();
    }

    /** Stops it for good, so that nobody waits for a sample any more. It can still be asked. */
    public void stop() {
        pipeline.useIfOpen(element -> gst().gst_element_set_state(element, States.NULL));
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            end.complete(Optional.of("the pipeline was closed"));
            bus.end();
            stop();
            pipeline.use(element -> gst().gst_element_get_state(element, 0, 0, STOP_NANOS));
            elements.close();
            pipeline.close();
        }
    }

    /** After a failure upstream, what reached the muxers can still become a whole file: they get EOS. */
    private boolean finalizeOutputs() {
        if (outputs.files().isEmpty()) {
            return true;
        }
        cutShort();
        try {
            return endOfStream.get(FINALIZE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("an end of stream is never exceptional", e);
        }
    }

    private GstElements gst() {
        return gstreamer.elements();
    }

    /** What the bus reports. */
    private final class Heard implements BusReader.Listener {

        @Override
        public void endOfStream() {
            endOfStream.complete(true);
            end.complete(Optional.empty());
        }

        @Override
        public void prerolled() {
            flowing = true;
        }

        @Override
        public void error(String source, String message, String debug) {
            if (message.contains(WINDOW_CLOSED)) {
                interrupt();
                return;
            }
            worthless |= source.equals("filesink");
            // The program speaks for its own element; any other is named.
            boolean noFormat = debug.contains("not-negotiated") || source.startsWith("avdec_");
            end.complete(Optional.of((noFormat ? decoders.withoutFormat() : Optional.<String>empty())
                    .orElseGet(() -> (source.equals("midframe") ? "" : source + ": ") + OneLine.of(message))));
        }

        @Override
        public void warning(String source, String message) {
            log.info("{}: {}", source, message);
        }

        @Override
        public void engineBuild(String what, int percent) {
            if (build == null && percent < 100) {
                log.warn("building {} for this GPU: this takes minutes, once", what);
            }
            build = percent < 100 ? new EngineBuild(what, percent) : null;
        }
    }
}
