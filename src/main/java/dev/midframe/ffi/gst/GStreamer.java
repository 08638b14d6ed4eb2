package dev.midframe.ffi.gst;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.NativeFunctions;
import dev.midframe.ffi.NativeStrings;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * GStreamer's C libraries: loaded, initialized, and found to be laid out as {@link Offsets} says.
 *
 * @param strings the names that GStreamer keeps
 * @param callbacks signal handlers and pad probes that are Java
 */
public record GStreamer(
        GLib glib,
        GObjects gobjects,
        Gst gst,
        GstElements elements,
        GstBase base,
        GstVideo video,
        GstApp app,
        NativeStrings strings,
        Callbacks callbacks) {

    private static final int OLDEST_MINOR = 20;

    /** Loaded when first asked for; a failure is kept, so that each who asks hears the same. */
    private static final class Loaded {

        private static final @Nullable GStreamer LIBRARIES;
        private static final @Nullable LinkageError FAILURE;

        static {
            GStreamer libraries = null;
            LinkageError failure = null;
            try {
                libraries = load();
            } catch (LinkageError e) {
                failure = e;
            }
            LIBRARIES = libraries;
            FAILURE = failure;
        }
    }

    /**
     * The libraries, initialized.
     *
     * @throws LinkageError when one is missing, older than 1.20 or of another layout, with what to do
     */
    public static GStreamer get() {
        if (Loaded.LIBRARIES == null) {
            throw new LinkageError(String.valueOf(Loaded.FAILURE.getMessage()), Loaded.FAILURE);
        }
        return Loaded.LIBRARIES;
    }

    /** The version at work, for example {@code 1.22.0}. */
    public String version() {
        try (Arena arena = Arena.ofConfined()) {
            long parts = arena.allocate(ValueLayout.JAVA_INT, 4).address();
            elements.gst_version(parts, parts + 4, parts + 8, parts + 12);
            return Memory.getInt(parts, 0) + "." + Memory.getInt(parts, 4) + "." + Memory.getInt(parts, 8);
        }
    }

    /** The name of a GstObject. */
    public String name(long object) {
        long name = elements.gst_object_get_name(object);
        try {
            return String.valueOf(Memory.text(name));
        } finally {
            glib.g_free(name);
        }
    }

    /** The name of the factory that made an element, its own name where none did. */
    public String factory(long element) {
        long factory = elements.gst_element_get_factory(element);
        return name(factory == 0 ? element : factory);
    }

    /** Whether an object is of a type or one derived from it. */
    public boolean isA(long object, long type) {
        return gobjects.g_type_check_instance_is_a(object, type) != 0;
    }

    private static GStreamer load() {
        GStreamer libraries = new GStreamer(
                bind(GLib.class, "libglib-2.0.so.0"),
                bind(GObjects.class, "libgobject-2.0.so.0"),
                bind(Gst.class, "libgstreamer-1.0.so.0"),
                bind(GstElements.class, "libgstreamer-1.0.so.0"),
                bind(GstBase.class, "libgstbase-1.0.so.0"),
                bind(GstVideo.class, "libgstvideo-1.0.so.0"),
                bind(GstApp.class, "libgstapp-1.0.so.0"),
                new NativeStrings(),
                new Callbacks());
        libraries.initialize();
        String version = libraries.version();
        if (Integer.parseInt(version.split("\\.")[1]) < OLDEST_MINOR) {
            throw new LinkageError("GStreamer " + version + " is too old: install 1." + OLDEST_MINOR + " or later");
        }
        OffsetsCheck.run(libraries);
        return libraries;
    }

    private void initialize() {
        // While it loads a plugin GStreamer would end the process at any SIGSEGV, and the JVM uses that signal itself.
        elements.gst_segtrap_set_enabled(0);
        if (elements.gst_is_initialized() != 0) {
            // By a program that has a name of its own.
            return;
        }
        NativeStrings.with("midframe", glib::g_set_prgname);
        try (Arena arena = Arena.ofConfined()) {
            long error = arena.allocate(ValueLayout.JAVA_LONG).address();
            if (elements.gst_init_check(0, 0, error) == 0) {
                GError reason = GError.take(this, Memory.getLong(error, 0));
                throw new LinkageError(
                        "GStreamer cannot be initialized" + (reason == null ? "" : ": " + reason.message()));
            }
        }
    }

    private static <T> T bind(Class<T> functions, String library) {
        try {
            return NativeFunctions.bind(functions, SymbolLookup.libraryLookup(library, Arena.global()));
        } catch (IllegalArgumentException e) {
            throw new UnsatisfiedLinkError(library + " is not installed: install GStreamer (libgstreamer1.0-0,"
                    + " libgstreamer-plugins-base1.0-0)");
        } catch (UnsatisfiedLinkError e) {
            throw new UnsatisfiedLinkError(
                    library + ": " + e.getMessage() + ": install GStreamer 1." + OLDEST_MINOR + " or later");
        }
    }
}
