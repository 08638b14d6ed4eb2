package dev.midframe.tensorrt.build;

import dev.midframe.ffi.tensorrt.IProgressMonitor;
import dev.midframe.ffi.tensorrt.InterfaceInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** TensorRT's nested phases of one build as one fraction that never falls. */
final class BuildProgress implements IProgressMonitor {

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

    private final MemorySegment kind;
    private final DoubleConsumer listener;
    private final BooleanSupplier cancelled;
    private final Map<String, Phase> phases = new HashMap<>();
    private double told;

    /**
     * @param arena lives longer than the build
     * @param listener is told fractions from 0 to 1
     * @param cancelled ends the build when it says so
     */
    BuildProgress(Arena arena, DoubleConsumer listener, BooleanSupplier cancelled) {
        this.kind = arena.allocateFrom("IProgressMonitor");
        this.listener = listener;
        this.cancelled = cancelled;
    }

    @Override
    public int getAPILanguage() {
        return 0;
    }

    @Override
    public InterfaceInfo getInterfaceInfo() {
        return new InterfaceInfo(kind, 1, 0);
    }

    @Override
    public synchronized void phaseStart(String phase, @Nullable String parent, int steps) {
        phases.put(phase, new Phase(parent == null ? null : phases.get(parent), steps));
    }

    @Override
    public synchronized boolean stepComplete(String phase, int step) {
        Phase current = phases.get(phase);
        if (current != null) {
            current.done = step + 1;
            current.child = 0;
            tell(current);
        }
        return !cancelled.getAsBoolean();
    }

    @Override
    public synchronized void phaseFinish(String phase) {
        Phase finished = phases.remove(phase);
        if (finished != null) {
            finished.done = finished.steps;
            tell(finished);
        }
    }

    private void tell(Phase phase) {
        double fraction = phase.fraction();
        for (Phase outer = phase.parent; outer != null; outer = outer.parent) {
            outer.child = fraction;
            fraction = outer.fraction();
        }
        if (fraction > told) {
            told = fraction;
            listener.accept(fraction);
        }
    }
}
