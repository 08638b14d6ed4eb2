package dev.midframe.tensorrt.build;

import dev.midframe.ffi.Callback;
import dev.midframe.ffi.Memory;
import dev.midframe.ffi.tensorrt.JavaObject;
import dev.midframe.ffi.tensorrt.SlotTable;
import dev.midframe.ffi.tensorrt.generated.IProgressMonitor_getAPILanguage;
import dev.midframe.ffi.tensorrt.generated.IProgressMonitor_getInterfaceInfo;
import dev.midframe.ffi.tensorrt.generated.IProgressMonitor_phaseFinish;
import dev.midframe.ffi.tensorrt.generated.IProgressMonitor_phaseStart;
import dev.midframe.ffi.tensorrt.generated.IProgressMonitor_stepComplete;
import dev.midframe.ffi.tensorrt.generated.InterfaceInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TensorRT's nested phases of one build as one fraction that never falls. */
final class BuildProgress {

    private static final Logger LOG = LoggerFactory.getLogger(BuildProgress.class);

    /** A phase at work; its current child counts within its current step. */
    private static final class Phase {
        private final @Nullable Phase parent;
        private final int steps;
        private int done;
        private double child;

        Phase(@Nullable Phase parent, int steps) {
            this.parent = parent;
            this.steps = Math.max(1, steps);
        }

        double fraction() {
            return Math.min(1, (done + Math.min(1, child)) / steps);
        }
    }

    private final DoubleConsumer listener;
    private final BooleanSupplier cancelled;
    private final Map<String, Phase> phases = new HashMap<>();
    private double reported;

    /**
     * @param listener gets fractions from 0 to 1
     * @param cancelled ends the build when it says so
     */
    BuildProgress(DoubleConsumer listener, BooleanSupplier cancelled) {
        this.listener = listener;
        this.cancelled = cancelled;
    }

    /**
     * Offers itself as an {@code IProgressMonitor}.
     *
     * @param arena lives longer than the build
     */
    MemorySegment monitor(SlotTable slots, Arena arena) {
        Callback callback = new Callback(failure -> LOG.warn("the progress of the build cannot be reported", failure));
        MemorySegment info = InterfaceInfo.allocate(arena);
        InterfaceInfo.kind(info, arena.allocateFrom("IProgressMonitor"));
        InterfaceInfo.major(info, 1);
        return new JavaObject(slots, "IProgressMonitor", callback, arena)
                .with(IProgressMonitor_getAPILanguage.class, IProgressMonitor_getAPILanguage.allocate(self -> 0, arena))
                .with(
                        IProgressMonitor_getInterfaceInfo.class,
                        IProgressMonitor_getInterfaceInfo.allocate(self -> info, arena))
                .with(
                        IProgressMonitor_phaseStart.class,
                        IProgressMonitor_phaseStart.allocate(
                                (self, phase, parent, steps) ->
                                        callback.run(() -> phaseStart(Memory.text(phase), Memory.text(parent), steps)),
                                arena))
                .with(
                        IProgressMonitor_stepComplete.class,
                        IProgressMonitor_stepComplete.allocate(
                                (self, phase, step) ->
                                        callback.get(false, () -> stepComplete(Memory.text(phase), step)),
                                arena))
                .with(
                        IProgressMonitor_phaseFinish.class,
                        IProgressMonitor_phaseFinish.allocate(
                                (self, phase) -> callback.run(() -> phaseFinish(Memory.text(phase))), arena))
                .address();
    }

    synchronized void phaseStart(String phase, @Nullable String parent, int steps) {
        phases.put(phase, new Phase(parent == null ? null : phases.get(parent), steps));
    }

    /** Whether the build goes on. */
    synchronized boolean stepComplete(String phase, int step) {
        Phase current = phases.get(phase);
        if (current != null) {
            current.done = step + 1;
            current.child = 0;
            report(current);
        }
        return !cancelled.getAsBoolean();
    }

    synchronized void phaseFinish(String phase) {
        Phase finished = phases.remove(phase);
        if (finished != null) {
            finished.done = finished.steps;
            report(finished);
        }
    }

    private void report(Phase phase) {
        double fraction = phase.fraction();
        for (Phase outer = phase.parent; outer != null; outer = outer.parent) {
            outer.child = fraction;
            fraction = outer.fraction();
        }
        if (fraction > reported) {
            reported = fraction;
            listener.accept(fraction);
        }
    }
}
