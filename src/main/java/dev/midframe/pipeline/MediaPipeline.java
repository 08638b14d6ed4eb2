package dev.midframe.pipeline;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.freedesktop.gstreamer.Bin;
import org.freedesktop.gstreamer.Element;
import org.freedesktop.gstreamer.Format;
import org.freedesktop.gstreamer.Gst;
import org.freedesktop.gstreamer.Pad;
import org.freedesktop.gstreamer.PadPresence;
import org.freedesktop.gstreamer.Pipeline;
import org.freedesktop.gstreamer.StateChangeReturn;
import org.freedesktop.gstreamer.event.EOSEvent;
import org.freedesktop.gstreamer.glib.GError;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running pipeline: started once, ended once, its outputs finalized or removed.
 *
 * <p>{@link #finish} and {@link #await} may be called from any thread.
 */
public final class MediaPipeline implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MediaPipeline.class);
    private static final Duration FINALIZE = Duration.ofSeconds(10);

    private final Pipeline pipeline;
    private final BusReader bus;
    private final OutputFiles outputs;
    /** The binding forgets what is connected to an element when its object in Java goes. */
    private final List<Element> watched = new CopyOnWriteArrayList<>();

    private final CompletableFuture<Optional<String>> end = new CompletableFuture<>();
    private final CompletableFuture<Boolean> endOfStream = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    /** Every sink had its first frame: from here on there is something to keep. */
    private volatile boolean flowing;
    /** What reached the muxers cannot be written either, or is sound or a first picture without what it was for. */
    private volatile boolean worthless;

    private volatile @Nullable EngineBuild build;

    private MediaPipeline(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.outputs = OutputFiles.of(pipeline);
        this.bus = new BusReader(pipeline, new Heard());
        CodedColour.prefer(pipeline, watched::add);
        AbsentStreams.watch(pipeline, watched::add, message -> {
            // Sound may have reached the file already.
            worthless = true;
            end.complete(Optional.of(message));
        });
    }

    /**
     * Makes a pipeline; nothing runs yet. GStreamer is initialized and {@code midframe} registered before.
     *
     * @throws PipelineException when the text is no pipeline, an element or property is unknown, or a file cannot be used
     */
    public static MediaPipeline launch(PipelineDescription description) {
        var errors = new ArrayList<GError>();
        Element parsed;
        try {
            parsed = Gst.parseLaunch(description.text(), errors);
        } catch (RuntimeException e) {
            throw new PipelineException(description.name() + " is no pipeline: " + oneLine(e.getMessage()), e);
        }
        if (!errors.isEmpty()) {
            parsed.dispose();
            throw new PipelineException(description.name() + ": "
                    + oneLine(errors.getFirst().getMessage())
                    + remedy(errors.getFirst().getCode()));
        }
        Pipeline pipeline;
        if (parsed instanceof Pipeline whole) {
            pipeline = whole;
        } else {
            pipeline = new Pipeline();
            pipeline.add(parsed);
        }
        try {
            requireDisplay(pipeline, System.getenv());
            return new MediaPipeline(pipeline);
        } catch (RuntimeException e) {
            pipeline.dispose();
            throw e;
        }
    }

    /** Without a display autovideosink tries every sink there is, and in Debian 12 that ends the process with a SIGSEGV. */
    private static void requireDisplay(Pipeline pipeline, Map<String, String> environment) {
        boolean automatic = pipeline.getElementsRecursive().stream()
                .anyMatch(element -> element.getFactory().getName().equals("autovideosink"));
        if (automatic
                && environment.getOrDefault("DISPLAY", "").isEmpty()
                && environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty()) {
            throw new PipelineException(
                    "there is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is "
                            + "set); run it on a desktop, or name another sink, such as sink=kmssink");
        }
    }

    /** What to do about a text that GStreamer does not take, by its GstParseError. */
    private static String remedy(int code) {
        return switch (code) {
            case 1 -> "; check its name, or install the GStreamer plugin that has it";
            case 2, 4 -> "; gst-inspect-1.0 tells an element's properties, docs/element.md those of midframe";
            case 3 -> "; put videoconvert between them";
            default -> "";
        };
    }

    /** Starts to play. A failure to start ends the pipeline, as any other failure does: see {@link #await}. */
    public void play() {
        bus.start();
        if (pipeline.play() == StateChangeReturn.FAILURE) {
            // The bus names the reason; give it the time to arrive, and answer all the same where it does not.
            end.completeOnTimeout(Optional.of("the pipeline could not be started"), 2, TimeUnit.SECONDS);
        }
    }

    /** The elements made by one factory, for example {@code midframe}, in no particular order. */
    public List<Element> elements(String factory) {
        return pipeline.getElementsRecursive().stream()
                .filter(element -> element.getFactory().getName().equals(factory))
                .toList();
    }

    /** The pipeline's own GStreamer object, for what this class does not offer. It stays owned by this object. */
    public Pipeline gstreamer() {
        return pipeline;
    }

    /** How far the stream is. */
    public Progress progress() {
        long duration = pipeline.queryDuration(Format.TIME);
        long position = Math.max(0, pipeline.queryPosition(Format.TIME));
        return new Progress(
                Duration.ofNanos(position), duration > 0 ? Optional.of(Duration.ofNanos(duration)) : Optional.empty());
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
        EngineBuild unfinished = build;
        if (unfinished != null && elements("midframe").stream().allMatch(MediaPipeline::waits)) {
            // The first picture may have reached the file already.
            worthless = true;
            end.complete(Optional.of("stopped before " + unfinished.what() + " was built"));
        } else {
            pipeline.sendEvent(new EOSEvent());
        }
    }

    private static boolean waits(Element midframe) {
        return ((Number) midframe.get("frames-generated")).longValue() == 0;
    }

    /** Finalizes files without what is still under way, where {@link #finish} takes too long. Returns at once. */
    public void cutShort() {
        Thread.ofVirtual().start(() -> muxerPads().forEach(pad -> pad.sendEvent(new EOSEvent())));
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

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            end.complete(Optional.of("the pipeline was closed"));
            bus.end();
            pipeline.stop();
            pipeline.getState(5, TimeUnit.SECONDS);
            pipeline.dispose();
        }
    }

    /** After a failure upstream, what reached the muxers can still become a whole file: they are told the end. */
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

    private List<Pad> muxerPads() {
        return pipeline.getElementsRecursive().stream()
                .filter(element -> element.getFactory().getKlass().contains("Muxer") && !(element instanceof Bin))
                .flatMap(element -> element.getSinkPads().stream())
                .filter(pad -> pad.getTemplate().getPresence() == PadPresence.REQUEST)
                .toList();
    }

    private static String oneLine(String message) {
        return message == null ? "no reason given" : message.strip().replaceAll("\\s*\\R\\s*", "; ");
    }

    /** What the bus says. */
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
        public void error(String source, String message) {
            worthless |= source.equals("filesink");
            // The program speaks for its own element; any other is named.
            end.complete(Optional.of((source.equals("midframe") ? "" : source + ": ") + oneLine(message)));
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
