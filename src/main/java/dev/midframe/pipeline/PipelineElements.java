package dev.midframe.pipeline;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.NativeStrings;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.ObjectReference;
import dev.midframe.ffi.gst.Offsets;
import dev.midframe.ffi.gst.References;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/** The elements of a pipeline that somebody has asked for: each referenced once, until this is closed. */
final class PipelineElements implements AutoCloseable {

    /** GST_PAD_FLAG_EOS */
    private static final int PAD_FLAG_EOS = 1 << 6;

    private final GStreamer gstreamer;
    private final ObjectReference pipeline;
    private final Map<Long, PipelineElement> known = new HashMap<>();
    private boolean closed;

    /** @param pipeline is lent */
    PipelineElements(GStreamer gstreamer, ObjectReference pipeline) {
        this.gstreamer = gstreamer;
        this.pipeline = pipeline;
    }

    /** The elements made by one factory, at any depth, in no particular order. */
    List<PipelineElement> ofFactory(String factory) {
        return pipeline.get(bin -> {
            try (var references = new References(gstreamer)) {
                return references.all(gstreamer.elements().gst_bin_iterate_recurse(bin)).stream()
                        .filter(element -> gstreamer.factory(element).equals(factory))
                        .map(this::element)
                        .toList();
            }
        });
    }

    /** The element of a name, where it is of a type. */
    Optional<PipelineElement> named(String name, long type) {
        return pipeline.get(bin -> {
            try (var references = new References(gstreamer)) {
                long element = references.own(
                        NativeStrings.call(name, text -> gstreamer.elements().gst_bin_get_by_name(bin, text)));
                return element != 0 && gstreamer.isA(element, type) ? Optional.of(element(element)) : Optional.empty();
            }
        });
    }

    /** The factories of all elements of one kind, for example all sources. */
    List<String> factories(LongUnaryOperator iterator) {
        return pipeline.get(bin -> {
            try (var references = new References(gstreamer)) {
                return references.all(iterator.applyAsLong(bin)).stream()
                        .map(gstreamer::factory)
                        .toList();
            }
        });
    }

    /** The names of the elements into which the end of the stream came, but out of which it did not go. */
    List<String> unfinished() {
        return pipeline.get(bin -> {
            try (var references = new References(gstreamer)) {
                return references.all(gstreamer.elements().gst_bin_iterate_recurse(bin)).stream()
                        .filter(element -> {
                            List<Long> inputs =
                                    references.all(gstreamer.elements().gst_element_iterate_sink_pads(element));
                            List<Long> outputs =
                                    references.all(gstreamer.elements().gst_element_iterate_src_pads(element));
                            return inputs.stream().anyMatch(PipelineElements::hasEnded)
                                    && !outputs.stream().allMatch(PipelineElements::hasEnded);
                        })
                        .map(gstreamer::name)
                        .toList();
            }
        });
    }

    private static boolean hasEnded(long pad) {
        return (Memory.getInt(pad, Offsets.OBJECT_FLAGS) & PAD_FLAG_EOS) != 0;
    }

    private synchronized PipelineElement element(long address) {
        if (closed) {
            throw new IllegalStateException(pipeline.name() + " is closed");
        }
        return known.computeIfAbsent(
                address,
                element -> new PipelineElement(
                        gstreamer,
                        ObjectReference.owning(gstreamer, gstreamer.elements().gst_object_ref(element))));
    }

    @Override
    public synchronized void close() {
        closed = true;
        known.values().forEach(element -> element.reference().close());
        known.clear();
    }
}
