package dev.midframe.pipeline;

import org.freedesktop.gstreamer.Bin;
import org.freedesktop.gstreamer.Caps;
import org.freedesktop.gstreamer.Element;
import org.freedesktop.gstreamer.Pad;
import org.freedesktop.gstreamer.PadProbeInfo;
import org.freedesktop.gstreamer.PadProbeReturn;
import org.freedesktop.gstreamer.PadProbeType;
import org.freedesktop.gstreamer.Structure;
import org.freedesktop.gstreamer.event.CapsEvent;

/**
 * Lets H.264 and H.265 say their own colours.
 *
 * <p>The colour box of a QuickTime file cannot say that code values use the full range, as many cameras' do, and GStreamer's
 * parsers believe the container before the stream: such films come out washed. What the container says of these streams is
 * left out, so that the parser reads it from the stream itself.
 */
final class CodedColour {

    private static final String FIELD = "colorimetry";

    private CodedColour() {}

    /** Watches for demuxers that appear anywhere in the bin. Call before the pipeline leaves NULL. */
    static void prefer(Bin bin) {
        bin.getElements().forEach(CodedColour::consider);
        bin.connect((Bin.ELEMENT_ADDED) (parent, element) -> consider(element));
    }

    private static void consider(Element element) {
        if (element instanceof Bin bin) {
            prefer(bin);
        } else if (element.getFactory() != null
                && element.getFactory().getName().equals("qtdemux")) {
            element.connect((Element.PAD_ADDED)
                    (demuxer, pad) -> pad.addProbe(PadProbeType.EVENT_DOWNSTREAM, CodedColour::withoutContainersWord));
        }
    }

    private static PadProbeReturn withoutContainersWord(Pad pad, PadProbeInfo info) {
        if (!(info.getEvent() instanceof CapsEvent)) {
            return PadProbeReturn.OK;
        }
        Caps current = pad.getCurrentCaps();
        Structure structure = current == null ? null : current.getStructure(0);
        if (structure == null
                || !structure.hasField(FIELD)
                || !structure.getName().startsWith("video/x-h26")) {
            return PadProbeReturn.OK;
        }
        // Dropping the event and pushing another from here is how a probe replaces one.
        String text = current.toString().replaceAll(", *" + FIELD + "=\\([a-z]+\\)[^,;]*", "");
        pad.pushEvent(new CapsEvent(Caps.fromString(text)));
        return PadProbeReturn.DROP;
    }
}
