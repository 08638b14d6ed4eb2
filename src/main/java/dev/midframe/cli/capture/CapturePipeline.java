package dev.midframe.cli.capture;

import dev.midframe.pipeline.PipelineDescription;
import java.util.HashMap;
import java.util.Map;

/**
 * The way of captured pictures. A desktop sends one whenever something changed: at the game's pace, with repeats where
 * something else did.
 *
 * @param fps frames shown a second
 * @param caps a size to scale to, as caps say it after a comma; may be empty
 * @param sink what takes the pictures, as a pipeline says it
 * @param element properties of the element, by name
 */
record CapturePipeline(int fps, String caps, String sink, Map<String, String> element) {

    private static final String WAY = """
             ! queue max-size-buffers=2 leaky=downstream
             ! videoconvertscale ! video/x-raw,format=I420%s
             ! midframe fps=${fps} depth=1 on-overload=skip duplicates=bridge model=${model} backend=${backend}
             ! queue max-size-buffers=8 ! videoconvert ! %s""";

    /** A picture that stands still is sent again after this time, so that what comes last is shown. */
    private static final String PIPEWIRE =
            "pipewiresrc fd=${fd} path=${node} do-timestamp=true keepalive-time=100 ! video/x-raw";

    private static final String X11 =
            "ximagesrc xid=${window} use-damage=false show-pointer=${pointer} ! video/x-raw,framerate=${looks}/1";

    /** What a desktop's portal shares. */
    PipelineDescription ofPipeWire(int descriptor, int node) {
        return described(PIPEWIRE, Map.of("fd", Integer.toString(descriptor), "node", Integer.toString(node)));
    }

    /**
     * What X shows.
     *
     * @param window its number; 0 for the whole screen
     * @param looks how often the picture is looked at, a second
     */
    PipelineDescription ofX11(String window, boolean pointer, int looks) {
        return described(
                X11, Map.of("window", window, "pointer", Boolean.toString(pointer), "looks", Integer.toString(looks)));
    }

    private PipelineDescription described(String source, Map<String, String> variables) {
        var all = new HashMap<>(element);
        all.put("fps", fps + "/1");
        all.putAll(variables);
        return PipelineDescription.of(source + WAY.formatted(caps, sink), all);
    }
}
