package dev.midframe.element;

import dev.midframe.element.caps.CapsTransform;
import dev.midframe.element.properties.Property;
import dev.midframe.element.stream.Flow;
import dev.midframe.ffi.Memory;
import dev.midframe.ffi.NativeFunctions;
import dev.midframe.ffi.Upcalls;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.Gst;
import dev.midframe.ffi.gst.Offsets;
import dev.midframe.video.PixelFormat;
import java.lang.foreign.Arena;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The GType of the element: registers it, and sets up its class when GObject asks for that. Lives as long as the process,
 * because a GType is never unregistered.
 */
final class ElementType {

    private static final int PAD_ALWAYS = 0;

    private static final Set<String> RETURN_FLOW =
            Set.of("submit_input_buffer", "generate_output", "prepare_output_buffer", "transform");

    private final GStreamer gstreamer;
    private final ElementClass elementClass;
    private final Upcalls upcalls;
    private final List<Property<?>> properties;
    private boolean initialized;

    ElementType(GStreamer gstreamer, ElementClass elementClass, List<Property<?>> properties) {
        this.gstreamer = gstreamer;
        this.elementClass = elementClass;
        this.properties = properties;
        this.upcalls = new Upcalls(Arena.global(), elementClass::failed);
    }

    /** The class that the element's is derived from; made if it was not. */
    static long parentClass(GStreamer gstreamer) {
        return gstreamer.gobjects().g_type_class_ref(gstreamer.base().gst_base_transform_get_type());
    }

    /** The parent class's own virtual functions. */
    static VirtualFunctions parent(long parentClass) {
        return NativeFunctions.bindAt(
                VirtualFunctions.class, function -> Memory.getLong(parentClass, Offsets.slot(function)));
    }

    /** Registers the type and, under the element's name, a factory for it. A later registration takes the name over. */
    void register(String elementName) {
        TypeFunctions functions = functions();
        long type;
        try (Arena arena = Arena.ofConfined()) {
            long query = arena.allocate(Offsets.TYPE_QUERY_SIZE, 8).address();
            long parent = gstreamer.base().gst_base_transform_get_type();
            gstreamer.gobjects().g_type_query(parent, query);
            type = gstreamer
                    .gobjects()
                    .g_type_register_static_simple(
                            parent,
                            freeTypeName(),
                            Memory.getInt(query, Offsets.TYPE_QUERY_CLASS_SIZE),
                            functions.initializeClass(),
                            Memory.getInt(query, Offsets.TYPE_QUERY_INSTANCE_SIZE),
                            functions.initializeInstance(),
                            0);
        }
        if (type != 0) {
            // Where a factory already has the name, gst_element_register leaves the class uninitialized.
            gstreamer.gobjects().g_type_class_ref(type);
        }
        if (!initialized
                || gstreamer
                                .elements()
                                .gst_element_register(0, gstreamer.strings().lasting(elementName), 0, type)
                        == 0) {
            throw new IllegalStateException("GStreamer refuses to register the element " + elementName);
        }
    }

    /** What GObject calls of a type that is registered elsewhere. */
    TypeFunctions functions() {
        return new TypeFunctions(
                upcalls.address(this, "initializeClass", 0), upcalls.address(elementClass, "initializeInstance", 0));
    }

    private long freeTypeName() {
        int number = 1;
        while (true) {
            long name = gstreamer.strings().lasting(number == 1 ? "Midframe" : "Midframe" + number);
            if (gstreamer.gobjects().g_type_from_name(name) == 0) {
                return name;
            }
            number++;
        }
    }

    /** class_init. */
    void initializeClass(long type, long data) {
        for (Method function : VirtualFunctions.class.getDeclaredMethods()) {
            String name = function.getName();
            long failure = RETURN_FLOW.contains(name) ? Flow.ERROR : 0;
            Memory.putLong(type, Offsets.slot(name), upcalls.address(elementClass, name, failure));
        }
        for (int i = 0; i < properties.size(); i++) {
            gstreamer
                    .gobjects()
                    .g_object_class_install_property(
                            type, i + 1, properties.get(i).declare(gstreamer));
        }
        gstreamer
                .elements()
                .gst_element_class_set_static_metadata(
                        type,
                        gstreamer.strings().lasting("FILM frame interpolation"),
                        gstreamer.strings().lasting("Filter/Effect/Video"),
                        gstreamer.strings().lasting("Multiplies the frame rate with frames made by FILM"),
                        gstreamer.strings().lasting("The Midframe authors"));
        addPad(type, "sink", CapsTransform.DIRECTION_SINK);
        addPad(type, "src", CapsTransform.DIRECTION_SRC);
        initialized = true;
    }

    private void addPad(long type, String name, int direction) {
        String formats = Arrays.stream(PixelFormat.values()).map(Enum::name).collect(Collectors.joining(", "));
        Gst gst = gstreamer.gst();
        long caps = gst.gst_caps_from_string(gstreamer
                .strings()
                .lasting("video/x-raw, format=(string){ " + formats
                        + " }, width=(int)[ 1, 2147483647 ], height=(int)[ 1, 2147483647 ],"
                        + " framerate=(fraction)[ 0/1, 2147483647/1 ]"));
        gstreamer
                .elements()
                .gst_element_class_add_pad_template(
                        type,
                        gstreamer
                                .elements()
                                .gst_pad_template_new(gstreamer.strings().lasting(name), direction, PAD_ALWAYS, caps));
        gst.gst_mini_object_unref(caps);
    }
}
