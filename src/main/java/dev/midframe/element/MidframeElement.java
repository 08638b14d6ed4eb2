package dev.midframe.element;

import dev.midframe.element.properties.Properties;
import dev.midframe.element.properties.Property;
import dev.midframe.element.stream.ClosingEngines;
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
     * @param engines opens the engine of a stream, in a thread of its own, when its caps are known
     * @param observer gets every frame of every such element
     * @return the engines of such elements that are still at work when their elements have stopped
     * @throws LinkageError when GStreamer's libraries are missing or of another layout, with what to do
     */
    public static ClosingEngines register(InterpolatorFactory engines, FrameObserver observer) {
        GStreamer gstreamer = GStreamer.get();
        ClosingEngines closing = new ClosingEngines();
        type(gstreamer, ElementType.parentClass(gstreamer), engines, closing, observer)
                .register(NAME);
        return closing;
    }

    /**
     * The element for a type that somebody else registers. Makes no class and no object, so that another thread may wait for
     * this while it holds GObject's lock, as it does when the type's own class is being made.
     *
     * @param parentClass the GstBaseTransformClass that the type's class is derived from
     * @param engines as for {@link #register}
     * @param observer as for {@link #register}
     * @throws LinkageError as {@link #register}
     */
    public static TypeFunctions functions(long parentClass, InterpolatorFactory engines, FrameObserver observer) {
        return type(GStreamer.get(), parentClass, engines, new ClosingEngines(), observer)
                .functions();
    }

    private static ElementType type(
            GStreamer gstreamer,
            long parentClass,
            InterpolatorFactory engines,
            ClosingEngines closing,
            FrameObserver observer) {
        List<Property<?>> properties = Properties.all();
        DebugCategory debug = new DebugCategory(gstreamer, NAME, "FILM frame interpolation");
        ElementContext context =
                new ElementContext(gstreamer, debug, ElementType.parent(parentClass), engines, closing, observer);
        return new ElementType(gstreamer, new ElementClass(context, properties), properties);
    }
}
