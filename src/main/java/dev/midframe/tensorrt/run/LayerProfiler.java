package dev.midframe.tensorrt.run;

import dev.midframe.ffi.Callback;
import dev.midframe.ffi.Memory;
import dev.midframe.ffi.tensorrt.JavaObject;
import dev.midframe.ffi.tensorrt.SlotTable;
import dev.midframe.ffi.tensorrt.generated.IProfiler_getAPILanguage;
import dev.midframe.ffi.tensorrt.generated.IProfiler_getInterfaceInfo;
import dev.midframe.ffi.tensorrt.generated.IProfiler_reportLayerTime;
import dev.midframe.ffi.tensorrt.generated.InterfaceInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An {@code IProfiler}: adds up what each layer takes. An engine that is profiled runs slower as a whole. */
public final class LayerProfiler {

    private static final Logger LOG = LoggerFactory.getLogger(LayerProfiler.class);

    private final Map<String, Double> millis = new LinkedHashMap<>();
    private final MemorySegment address;

    /** @param arena lives longer than the contexts that report here */
    public LayerProfiler(SlotTable slots, Arena arena) {
        Callback callback = new Callback(failure -> LOG.warn("a layer's time is lost", failure));
        MemorySegment info = InterfaceInfo.allocate(arena);
        InterfaceInfo.kind(info, arena.allocateFrom("IProfiler"));
        InterfaceInfo.major(info, 1);
        address = new JavaObject(slots, "IProfiler", callback, arena)
                .with(IProfiler_getAPILanguage.class, IProfiler_getAPILanguage.allocate(self -> 0, arena))
                .with(IProfiler_getInterfaceInfo.class, IProfiler_getInterfaceInfo.allocate(self -> info, arena))
                .with(
                        IProfiler_reportLayerTime.class,
                        IProfiler_reportLayerTime.allocate(
                                (self, layer, time) ->
                                        callback.run(() -> add(String.valueOf(Memory.text(layer)), time)),
                                arena))
                .address();
    }

    MemorySegment address() {
        return address;
    }

    private synchronized void add(String layer, double time) {
        millis.merge(layer, time, Double::sum);
    }

    /** Forgets what was added up: the first runs are slower. */
    public synchronized void clear() {
        millis.clear();
    }

    /** Milliseconds by layer, of all runs together, in the order in which layers run. */
    public synchronized Map<String, Double> millis() {
        return new LinkedHashMap<>(millis);
    }
}
