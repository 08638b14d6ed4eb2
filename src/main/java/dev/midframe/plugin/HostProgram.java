package dev.midframe.plugin;

import dev.midframe.element.MidframeElement;
import dev.midframe.element.TypeFunctions;
import dev.midframe.engine.EngineSelector;
import dev.midframe.ffi.Memory;
import dev.midframe.film.model.FilmModels;
import org.jspecify.annotations.Nullable;

/** A GStreamer program that is not ours, in which {@code libgstmidframe.so} has started or found this JVM. */
public final class HostProgram {

    private static final String VECTORS = "jdk.incubator.vector";

    private HostProgram() {}

    /**
     * Gives the plugin the functions of the element's type. Called once by C (java.c), in a thread of the plugin's own, while
     * another waits for it inside GObject's class_init.
     *
     * @param parentClass address of the GstBaseTransformClass
     * @param functions address of a {@code struct java_functions}, which is filled
     * @return null, or why there is no element here, in one line
     */
    public static @Nullable String open(long parentClass, long functions) {
        if (ModuleLayer.boot().findModule(VECTORS).isEmpty()) {
            return "this program's JVM has no module " + VECTORS + "; start it with --add-modules=" + VECTORS;
        }
        try {
            var engines = new HostEngines(new EngineSelector(FilmModels.ofUser(System.getenv())));
            TypeFunctions type = MidframeElement.functions(parentClass, engines, engines);
            Memory.putLong(functions, 0, type.initializeClass());
            Memory.putLong(functions, Long.BYTES, type.initializeInstance());
            return null;
        } catch (Throwable e) {
            return e.getMessage() == null ? e.toString() : e.getMessage();
        }
    }
}
