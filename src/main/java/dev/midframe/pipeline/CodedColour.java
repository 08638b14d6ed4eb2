package dev.midframe.pipeline;

import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.freedesktop.gstreamer.Bin;
import org.freedesktop.gstreamer.Caps;
import org.freedesktop.gstreamer.Element;
import org.freedesktop.gstreamer.Pad;
import org.freedesktop.gstreamer.PadProbeInfo;
import org.freedesktop.gstreamer.PadProbeReturn;
import org.freedesktop.gstreamer.PadProbeType;
import org.freedesktop.gstreamer.Structure;
import org.freedesktop.gstreamer.event.CapsEvent;
import org.freedesktop.gstreamer.event.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets H.264 and H.265 say their own colours.
 *
 * <p>The colour box of a QuickTime file cannot say that code values use the full range, as many cameras' do, and GStreamer's
 * parsers believe the container before the stream: such films come out washed. What the container says of these streams is
 * left out, so that the parser reads it from the stream itself. PQ and HLG stand: where the stream does not say them too,
 * nobody else does, and a wrong guess there is worse than a wrong range.
 */
final class CodedColour {

    private static final String FIELD = "colorimetry";

    /** By name, or as range:matrix:transfer:primaries with GStreamer's numbers for the transfers of PQ and HLG. */
    private static final Pattern HIGH_DYNAMIC_RANGE = Pattern.compile("bt2100-.*|\\d+:\\d+:(14|15):\\d+");

    private static final Logger log = LoggerFactory.getLogger(CodedColour.class);

    private final Consumer<Element> keep;

    private CodedColour(Consumer<Element> keep) {
        this.keep = keep;
    }

    /**
     * Watches for demuxers that appear anywhere in the bin. Call before the pipeline leaves NULL.
     *
     * @param keep keeps an element's object for as long as the pipeline is there
     */
    static void prefer(Bin bin, Consumer<Element> keep) {
        new CodedColour(keep).watch(bin);
    }

    private void watch(Bin bin) {
        keep.accept(bin);
        bin.getElements().forEach(this::consider);
        bin.connect((Bin.ELEMENT_ADDED) (parent, element) -> consider(element));
    }

    private void consider(Element element) {
        if (element instanceof Bin bin) {
            watch(bin);
        } else if (element.getFactory() != null
                && element.getFactory().getName().equals("qtdemux")) {
            keep.accept(element);
            element.connect((Element.PAD_ADDED)
                    (demuxer, pad) -> pad.addProbe(PadProbeType.EVENT_DOWNSTREAM, CodedColour::withoutContainersWord));
        }
    }

    /** Called from native code, to which nothing may be thrown: it would take that as an order to drop the event. */
    private static PadProbeReturn withoutContainersWord(Pad pad, PadProbeInfo info) {
        // The object for an event is one for an address: left to the garbage collector, it would pass for later events
        // there.
        try (Event event = info.getEvent()) {
            return event instanceof CapsEvent ? withoutContainersWord(pad) : PadProbeReturn.OK;
        } catch (RuntimeException e) {
            log.warn("the container's word on colours stands", e);
            return PadProbeReturn.OK;
        }
    }

    private static PadProbeReturn withoutContainersWord(Pad pad) {
        Caps current = pad.getCurrentCaps();
        Structure structure = current == null ? null : current.getStructure(0);
        if (structure == null
                || !structure.hasField(FIELD)
                || !structure.getName().startsWith("video/x-h26")
                || HIGH_DYNAMIC_RANGE.matcher(structure.getString(FIELD)).matches()) {
            return PadProbeReturn.OK;
        }
        // Dropping the event and pushing another from here is how a probe replaces one.
        String text = current.toString().replaceAll(", *" + FIELD + "=\\([a-z]+\\)[^,;]*", "");
        pad.pushEvent(new CapsEvent(Caps.fromString(text)));
        return PadProbeReturn.DROP;
    }
}
