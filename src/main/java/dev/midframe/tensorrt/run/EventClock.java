package dev.midframe.tensorrt.run;

import dev.midframe.tensorrt.cuda.CudaContext;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.Map;

/** Times stages with CUDA events. */
public final class EventClock implements StageClock {

    private final CudaContext cuda;
    private final Map<Stage, MemorySegment> begins = new EnumMap<>(Stage.class);
    private final Map<Stage, MemorySegment> ends = new EnumMap<>(Stage.class);

    public EventClock(CudaContext cuda) {
        this.cuda = cuda;
    }

    @Override
    public void begin(Stage stage, MemorySegment stream) {
        cuda.record(begins.computeIfAbsent(stage, any -> cuda.timedEvent()), stream);
    }

    @Override
    public void end(Stage stage, MemorySegment stream) {
        cuda.record(ends.computeIfAbsent(stage, any -> cuda.timedEvent()), stream);
    }

    /** The latest time of every stage; waits for the stages to end. */
    public Map<Stage, Double> millis() {
        Map<Stage, Double> millis = new EnumMap<>(Stage.class);
        ends.forEach((stage, end) -> {
            cuda.await(end);
            millis.put(stage, (double) cuda.elapsedMillis(begins.get(stage), end));
        });
        return millis;
    }
}
