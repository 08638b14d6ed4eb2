package dev.midframe.pipeline;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.freedesktop.gstreamer.Bin;
import org.freedesktop.gstreamer.Element;
import org.freedesktop.gstreamer.Pad;
import org.freedesktop.gstreamer.PadPresence;
import org.freedesktop.gstreamer.PadTemplate;
import org.freedesktop.gstreamer.State;

/**
 * Lets a description name streams that a file may not have, such as sound.
 *
 * <p>gst-launch text links a branch when its stream appears. When every demuxer or decoder has shown all its streams, the
 * branches that got none would keep sinks and muxers waiting for ever: they are taken out of the pipeline. A branch with
 * {@code midframe} in it is not optional: then there is no video.
 */
final class AbsentStreams {

    private final Bin pipeline;
    private final Consumer<String> failure;
    private final AtomicInteger undecided;

    private AbsentStreams(Bin pipeline, int sources, Consumer<String> failure) {
        this.pipeline = pipeline;
        this.failure = failure;
        this.undecided = new AtomicInteger(sources);
    }

    /**
     * Watches every element of the pipeline whose pads come later. Call before the pipeline leaves NULL.
     *
     * @param keep keeps an element's object for as long as the pipeline is there
     */
    static void watch(Bin pipeline, Consumer<Element> keep, Consumer<String> failure) {
        List<Element> sources = pipeline.getElements().stream()
                .filter(element -> element.getFactory().getStaticPadTemplates().stream()
                        .anyMatch(template -> template.getPresence() == PadPresence.SOMETIMES))
                .toList();
        var absent = new AbsentStreams(pipeline, sources.size(), failure);
        for (Element source : sources) {
            keep.accept(source);
            source.connect((Element.NO_MORE_PADS) element -> absent.noMorePads());
        }
    }

    /** Called from native code, through which nothing may be thrown. */
    private void noMorePads() {
        try {
            decided();
        } catch (RuntimeException e) {
            failure.accept("cannot leave out what the input has no stream for: " + e);
        }
    }

    private void decided() {
        if (undecided.decrementAndGet() != 0) {
            return;
        }
        var branch = new LinkedHashSet<Element>();
        var muxers = new LinkedHashSet<Element>();
        for (Element element : pipeline.getElements()) {
            for (Pad pad : element.getSinkPads()) {
                if (!pad.isLinked()) {
                    follow(element, pad, branch, muxers);
                }
            }
        }
        if (branch.stream().anyMatch(AbsentStreams::isMidframe)) {
            failure.accept("the input has no video stream; nothing to interpolate");
            return;
        }
        for (Element element : branch) {
            element.setState(State.NULL);
            pipeline.remove(element);
        }
        // A muxer sets up a track when a pad is asked for and keeps it when the pad goes; starting anew, it forgets it.
        for (Element muxer : muxers) {
            muxer.setState(State.READY);
            muxer.syncStateWithParent();
        }
    }

    /** Collects what only an unlinked pad leads to; where that is a muxer's request pad, gives the pad back. */
    private static void follow(Element element, Pad sink, Set<Element> branch, Set<Element> muxers) {
        if (requested(sink)) {
            element.releaseRequestPad(sink);
            muxers.add(element);
            return;
        }
        branch.add(element);
        for (Pad source : element.getSrcPads()) {
            Pad peer = source.getPeer();
            if (peer != null) {
                Element next = peer.getParentElement();
                if (requested(peer)) {
                    source.unlink(peer);
                }
                follow(next, peer, branch, muxers);
            }
        }
    }

    /** Pads of bins, as autoaudiosink is one, may have no template. */
    private static boolean requested(Pad pad) {
        PadTemplate template = pad.getTemplate();
        return template != null && template.getPresence() == PadPresence.REQUEST;
    }

    private static boolean isMidframe(Element element) {
        return element.getFactory().getName().equals("midframe");
    }
}
