package dev.midframe.pipeline.input;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.Gst;
import dev.midframe.ffi.gst.Offsets;
import dev.midframe.ffi.gst.PadProbe;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.regex.Pattern;

/**
 * Lets H.264 and H.265 say their own colours.
 *
 * <p>The colour box of a QuickTime file cannot say that code values use the full range, as many cameras' do, and GStreamer's
 * parsers believe the container before the stream: such films come out washed. What the container says of these streams is
 * left out, so that the parser reads it from the stream itself. PQ and HLG stand: where the stream does not say them too,
 * nobody else does, and a wrong guess there is worse than a wrong range.
 */
public final class CodedColour {

    private static final String FIELD = "colorimetry";
    private static final int EVENT_CAPS = 12814;

    /** By name, or as range:matrix:transfer:primaries with GStreamer's numbers for the transfers of PQ and HLG. */
    private static final Pattern HIGH_DYNAMIC_RANGE = Pattern.compile("bt2100-.*|\\d+:\\d+:(14|15):\\d+");

    private final GStreamer gstreamer;

    private CodedColour(GStreamer gstreamer) {
        this.gstreamer = gstreamer;
    }

    /** Watches for demuxers that appear anywhere in the bin. Call before the pipeline leaves NULL. */
    public static void prefer(GStreamer gstreamer, long bin) {
        ElementWatch.start(gstreamer, bin, new CodedColour(gstreamer)::consider);
    }

    private void consider(long element) {
        if (gstreamer.factory(element).equals("qtdemux")) {
            gstreamer.callbacks().connectWithArgument(gstreamer, element, "pad-added", (demuxer, pad) -> {
                gstreamer.callbacks().probe(gstreamer, pad, PadProbe.EVENT_DOWNSTREAM, this::withoutContainersWord);
                return 0;
            });
        }
    }

    private long withoutContainersWord(long pad, long info) {
        long event = Memory.getLong(info, Offsets.PROBE_DATA);
        if (Memory.getInt(event, Offsets.EVENT_TYPE) != EVENT_CAPS) {
            return PadProbe.OK;
        }
        Gst gst = gstreamer.gst();
        try (Arena arena = Arena.ofConfined()) {
            long result = arena.allocate(ValueLayout.JAVA_LONG).address();
            gst.gst_event_parse_caps(event, result);
            long caps = Memory.getLong(result, 0);
            if (!saysTooMuch(gst.gst_caps_get_structure(caps, 0))) {
                return PadProbe.OK;
            }
            // Dropping the event and pushing another from here is how a probe replaces one.
            long without = gst.gst_mini_object_copy(caps);
            gst.gst_structure_remove_field(
                    gst.gst_caps_get_structure(without, 0), gstreamer.strings().lasting(FIELD));
            gstreamer.elements().gst_pad_push_event(pad, gst.gst_event_new_caps(without));
            gst.gst_mini_object_unref(without);
            return PadProbe.DROP;
        }
    }

    private boolean saysTooMuch(long structure) {
        Gst gst = gstreamer.gst();
        String name = Memory.text(gst.gst_structure_get_name(structure));
        String colorimetry = Memory.text(
                gst.gst_structure_get_string(structure, gstreamer.strings().lasting(FIELD)));
        return name != null
                && name.startsWith("video/x-h26")
                && colorimetry != null
                && !HIGH_DYNAMIC_RANGE.matcher(colorimetry).matches();
    }
}
