package dev.midframe.element;

import dev.midframe.element.properties.Properties;
import dev.midframe.element.properties.Property;
import dev.midframe.ffi.gst.DebugCategory;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.interpolation.FrameObserver;
import dev.midframe.interpolation.InterpolatorFactory;
import java.util.List;

/** Makes the element {@code midframe} known to GStreamer, for this process. */
public final class MidframeElement {

    /** The name to write in pipeline descriptions. */
    public static final String NAME = "midframe";

    private MidframeElement() {}

    /**
     * Registers the element. Where it is called again, elements made from then on use
     * the new engines and observer.
     *
     * @param engines opens the engine of a stream, in the streaming thread, when its caps are known
     * @param observer gets every frame of every such element
     * @throws LinkageError when GStreamer's libraries are missing or of another layout, with what to do
     */
    public static void register(InterpolatorFactory engines, FrameObserver observer) {
        GStreamer gstreamer = GStreamer.get();
        List<Property<?>> properties = Properties.all();
        DebugCategory debug = new DebugCategory(gstreamer, NAME, "FILM frame interpolation");
        ElementContext context = new ElementContext(gstreamer, debug, ElementType.parent(gstreamer), engines, observer);
        new ElementType(gstreamer, new ElementClass(context, properties), properties).register(NAME);
    }
}
