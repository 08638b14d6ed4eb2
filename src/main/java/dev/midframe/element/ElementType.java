package dev.midframe.element;

import dev.midframe.element.caps.CapsTransform;
import dev.midframe.element.properties.Property;
import dev.midframe.video.PixelFormat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The GType of the element: registers it, and sets up its class when GObject asks for that. Lives as long as the process,
 * because a GType is never unregistered.
 */
final class ElementType {

    private static final int PAD_ALWAYS = 0;
    private static final MethodType VOID_OF_POINTERS = MethodType.methodType(void.class, long.class, long.class);

    private final Libraries libraries;
    private final NativeStrings strings;
    private final ElementClass elementClass;
    private final Upcalls upcalls;
    private final List<Property<?>> properties;
    private boolean initialized;

    ElementType(Libraries libraries, NativeStrings strings, ElementClass elementClass, List<Property<?>> properties) {
        this.libraries = libraries;
        this.strings = strings;
        this.elementClass = elementClass;
        this.properties = properties;
        this.upcalls = new Upcalls(MethodHandles.lookup(), elementClass::failed);
    }

    /** The parent class's own virtual functions. */
    static VirtualFunctions parent(Libraries libraries) {
        long parent = libraries.gobjects().g_type_class_ref(libraries.base().gst_base_transform_get_type());
        return NativeFunctions.bind(
                VirtualFunctions.class,
                function -> MemorySegment.ofAddress(Memory.getLong(parent, Offsets.slot(function))));
    }

    /** Registers the type and, under the element's name, a factory for it. A later registration takes the name over. */
    void register(String elementName) {
        long type;
        try (Arena arena = Arena.ofConfined()) {
            long query = arena.allocate(Offsets.TYPE_QUERY_SIZE, 8).address();
            long parent = libraries.base().gst_base_transform_get_type();
            libraries.gobjects().g_type_query(parent, query);
            type = libraries
                    .gobjects()
                    .g_type_register_static_simple(
                            parent,
                            freeTypeName(),
                            Memory.getInt(query, Offsets.TYPE_QUERY_CLASS_SIZE),
                            upcalls.address(this, "initializeClass", VOID_OF_POINTERS),
                            Memory.getInt(query, Offsets.TYPE_QUERY_INSTANCE_SIZE),
                            upcalls.address(elementClass, "initializeInstance", VOID_OF_POINTERS),
                            0);
        }
        if (type != 0) {
            // Where a factory already has the name, gst_element_register leaves the class uninitialized.
            libraries.gobjects().g_type_class_ref(type);
        }
        if (!initialized || libraries.gst().gst_element_register(0, strings.lasting(elementName), 0, type) == 0) {
            throw new IllegalStateException("GStreamer refuses to register the element " + elementName);
        }
    }

    private long freeTypeName() {
        int number = 1;
        while (true) {
            long name = strings.lasting(number == 1 ? "Midframe" : "Midframe" + number);
            if (libraries.gobjects().g_type_from_name(name) == 0) {
                return name;
            }
            number++;
        }
    }

    /** class_init. */
    void initializeClass(long type, long data) {
        for (Method function : VirtualFunctions.class.getDeclaredMethods()) {
            MethodType signature = MethodType.methodType(function.getReturnType(), function.getParameterTypes());
            Memory.putLong(
                    type,
                    Offsets.slot(function.getName()),
                    upcalls.address(elementClass, function.getName(), signature));
        }
        for (int i = 0; i < properties.size(); i++) {
            libraries
                    .gobjects()
                    .g_object_class_install_property(
                            type, i + 1, properties.get(i).declare(libraries, strings));
        }
        Gst gst = libraries.gst();
        gst.gst_element_class_set_static_metadata(
                type,
                strings.lasting("FILM frame interpolation"),
                strings.lasting("Filter/Effect/Video"),
                strings.lasting("Multiplies the frame rate with frames made by FILM"),
                strings.lasting("The Midframe authors"));
        addPad(type, "sink", CapsTransform.DIRECTION_SINK);
        addPad(type, "src", CapsTransform.DIRECTION_SRC);
        initialized = true;
    }

    private void addPad(long type, String name, int direction) {
        String formats = Arrays.stream(PixelFormat.values()).map(Enum::name).collect(Collectors.joining(", "));
        Gst gst = libraries.gst();
        long caps = gst.gst_caps_from_string(strings.lasting("video/x-raw, format=(string){ " + formats
                + " }, width=(int)[ 1, 2147483647 ], height=(int)[ 1, 2147483647 ],"
                + " framerate=(fraction)[ 0/1, 2147483647/1 ]"));
        gst.gst_element_class_add_pad_template(
                type, gst.gst_pad_template_new(strings.lasting(name), direction, PAD_ALWAYS, caps));
        gst.gst_mini_object_unref(caps);
    }
}
