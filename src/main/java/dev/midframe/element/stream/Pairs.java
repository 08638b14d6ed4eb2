package dev.midframe.element.stream;

import dev.midframe.interpolation.FrameInterpolator;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The pairs that the engine works on, at most {@code depth} at once. Belongs to the streaming thread. */
final class Pairs {

    private static final long NONE = -1;

    private final @Nullable EngineWorker worker;
    private final int depth;
    private final List<Pair> inFlight = new ArrayList<>();

    // What the engine knows, in the engine's thread.
    private long earlier = NONE;
    private long later = NONE;

    /**
     * @param worker null where nothing is ever generated
     * @param depth where the engine has less, its depth counts
     */
    Pairs(@Nullable EngineWorker worker, int depth) {
        this.worker = worker;
        this.depth = depth;
    }

    /** Whether the engine is not open yet. */
    boolean areToCome() {
        return worker != null && !worker.isDone();
    }

    /** Whether no other pair can be started before the engine is open or one of those in flight has gone. */
    boolean areFull() {
        inFlight.removeIf(Pair::isFinished);
        return worker != null && (!worker.isDone() || inFlight.size() >= depth(worker));
    }

    private int depth(EngineWorker open) {
        FrameInterpolator engine = open.ready();
        return engine == null ? depth : Math.min(depth, engine.depth());
    }

    /** Whether the engine is still at a pair that is not wanted any more. */
    boolean areBehind() {
        return inFlight.stream().anyMatch(pair -> pair.isAbandoned() && !pair.isFinished());
    }

    /** Starts the frames between two real ones. What the engine knows already of the first is used again. */
    void start(Pair pair) {
        EngineWorker open = Objects.requireNonNull(worker, "an engine");
        inFlight.add(pair);
        open.enter(() -> pair.begin(open, this::advance));
    }

    private void advance(FrameInterpolator engine, Pair pair) {
        if (earlier != pair.from() || later != pair.to()) {
            boolean continues = later == pair.from();
            long between = later == NONE ? FrameInterpolator.MEMORY_FRAMES : pair.from() - later - 1;
            earlier = NONE;
            later = NONE;
            if (!continues) {
                engine.reset();
                engine.passOver(Math.max(0, between));
            }
            pair.lend(engine::advance, !continues);
            earlier = pair.from();
            later = pair.to();
        }
    }
}
