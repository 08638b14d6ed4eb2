package dev.midframe.pipeline.input;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.GstElements;
import dev.midframe.ffi.gst.ObjectReference;
import dev.midframe.ffi.gst.Offsets;
import dev.midframe.ffi.gst.PadPresence;
import dev.midframe.ffi.gst.References;
import dev.midframe.ffi.gst.States;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Lets a description name streams that a file may not have, such as sound.
 *
 * <p>gst-launch text links a branch when its stream appears. When every demuxer or decoder has shown all its streams, the
 * branches that got none would keep sinks and muxers waiting for ever: they are taken out of the pipeline. A branch with
 * {@code midframe} in it is not optional: then there is no video.
 */
public final class AbsentStreams {

    private final GStreamer gstreamer;
    private final GstElements elements;
    private final ObjectReference pipeline;
    private final Consumer<String> failure;
    private final Set<Long> undecided = ConcurrentHashMap.newKeySet();

    private AbsentStreams(GStreamer gstreamer, ObjectReference pipeline, Consumer<String> failure) {
        this.gstreamer = gstreamer;
        this.elements = gstreamer.elements();
        this.pipeline = pipeline;
        this.failure = failure;
    }

    /** Watches every element of the pipeline whose pads come later. Call before the pipeline leaves NULL. */
    public static void watch(GStreamer gstreamer, ObjectReference pipeline, Consumer<String> failure) {
        var absent = new AbsentStreams(gstreamer, pipeline, failure);
        pipeline.use(absent::watch);
    }

    private void watch(long bin) {
        try (var references = new References(gstreamer)) {
            List<Long> sources = references.all(elements.gst_bin_iterate_elements(bin)).stream()
                    .filter(this::showsPadsLater)
                    .toList();
            undecided.addAll(sources);
            for (long source : sources) {
                gstreamer.callbacks().connect(gstreamer, source, "no-more-pads", (element, none) -> noMorePads(source));
            }
        }
    }

    private boolean showsPadsLater(long element) {
        long elementClass = Memory.getLong(element, 0);
        for (long entry = elements.gst_element_class_get_pad_template_list(elementClass);
                entry != 0;
                entry = Memory.getLong(entry, Offsets.LIST_NEXT)) {
            long template = Memory.getLong(entry, Offsets.LIST_DATA);
            if (PadPresence.ofTemplate(gstreamer, template) == PadPresence.SOMETIMES) {
                return true;
            }
        }
        return false;
    }

    private long noMorePads(long source) {
        try {
            pipeline.useIfOpen(bin -> {
                if (undecided.remove(source) && undecided.stream().noneMatch(this::mayShowMore)) {
                    undecided.clear();
                    decide(bin);
                }
            });
        } catch (RuntimeException e) {
            failure.accept("cannot leave out what the input has no stream for: " + e);
        }
        return 0;
    }

    /** What is linked to nothing gets nothing to show: a decoder of the sound that a camera does not have. */
    private boolean mayShowMore(long source) {
        try (var references = new References(gstreamer)) {
            List<Long> inputs = references.all(elements.gst_element_iterate_sink_pads(source));
            return inputs.isEmpty() || inputs.stream().anyMatch(pad -> elements.gst_pad_is_linked(pad) != 0);
        }
    }

    private void decide(long bin) {
        try (var references = new References(gstreamer)) {
            var branch = new LinkedHashSet<Long>();
            var muxers = new LinkedHashSet<Long>();
            for (long element : references.all(elements.gst_bin_iterate_elements(bin))) {
                for (long pad : references.all(elements.gst_element_iterate_sink_pads(element))) {
                    if (elements.gst_pad_is_linked(pad) == 0) {
                        follow(element, pad, branch, muxers, references);
                    }
                }
            }
            if (branch.stream().anyMatch(element -> gstreamer.factory(element).equals("midframe"))) {
                failure.accept("the input has no video stream; nothing to interpolate");
                return;
            }
            for (long element : branch) {
                // The pipeline may be on its way to play: an element that is not locked would be taken along again.
                elements.gst_element_set_locked_state(element, 1);
                elements.gst_element_set_state(element, States.NULL);
                elements.gst_bin_remove(bin, element);
            }
            // A muxer sets up a track when a pad is asked for and keeps it when the pad goes; starting anew, it forgets
            // it.
            for (long muxer : muxers) {
                elements.gst_element_set_state(muxer, States.READY);
                elements.gst_element_sync_state_with_parent(muxer);
            }
        }
    }

    /** Collects what only an unlinked pad leads to; where that is a muxer's request pad, gives the pad back. */
    private void follow(long element, long sink, Set<Long> branch, Set<Long> muxers, References references) {
        if (isRequested(sink)) {
            elements.gst_element_release_request_pad(element, sink);
            muxers.add(element);
            return;
        }
        branch.add(element);
        for (long source : references.all(elements.gst_element_iterate_src_pads(element))) {
            long peer = references.own(elements.gst_pad_get_peer(source));
            if (peer != 0) {
                long next = references.own(elements.gst_pad_get_parent_element(peer));
                if (isRequested(peer)) {
                    elements.gst_pad_unlink(source, peer);
                }
                follow(next, peer, branch, muxers, references);
            }
        }
    }

    private boolean isRequested(long pad) {
        return PadPresence.of(gstreamer, pad) == PadPresence.REQUEST;
    }
}
