package dev.midframe.pipeline;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.freedesktop.gstreamer.Bin;
import org.freedesktop.gstreamer.Element;
import org.freedesktop.gstreamer.Pad;
import org.freedesktop.gstreamer.PadPresence;
import org.freedesktop.gstreamer.event.EOSEvent;

/**
 * Lets a description name streams that a file may not have, such as sound.
 *
 * <p>gst-launch text links a branch when its stream appears. When a demuxer or decoder has shown all its streams, the
 * branches that got none would keep a muxer waiting for ever: their request pads are given back and their other pads see
 * the end of the stream. A branch with {@code midframe} in it is not optional: then there is no video.
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

    /** Watches every element of the pipeline whose pads come later. Call before the pipeline leaves NULL. */
    static void watch(Bin pipeline, Consumer<String> failure) {
        List<Element> sources = pipeline.getElements().stream()
                .filter(element -> element.getFactory().getStaticPadTemplates().stream()
                        .anyMatch(template -> template.getPresence() == PadPresence.SOMETIMES))
                .toList();
        var absent = new AbsentStreams(pipeline, sources.size(), failure);
        for (Element source : sources) {
            source.connect((Element.NO_MORE_PADS) element -> absent.decided());
        }
    }

    private void decided() {
        if (undecided.decrementAndGet() != 0) {
            return;
        }
        for (Element element : pipeline.getElements()) {
            for (Pad pad : element.getSinkPads()) {
                if (!pad.isLinked()) {
                    close(element, pad);
                }
            }
        }
    }

    private void close(Element element, Pad pad) {
        if (leadsToMidframe(element)) {
            failure.accept("the input has no video stream; nothing to interpolate");
        } else if (pad.getTemplate().getPresence() == PadPresence.REQUEST) {
            element.releaseRequestPad(pad);
        } else {
            pad.sendEvent(new EOSEvent());
        }
    }

    private static boolean leadsToMidframe(Element element) {
        if (element.getFactory().getName().equals("midframe")) {
            return true;
        }
        for (Pad pad : element.getSrcPads()) {
            Pad peer = pad.getPeer();
            Element next = peer == null ? null : peer.getParentElement();
            if (next != null && leadsToMidframe(next)) {
                return true;
            }
        }
        return false;
    }
}
