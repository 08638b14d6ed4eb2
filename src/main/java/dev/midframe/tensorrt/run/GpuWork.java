package dev.midframe.tensorrt.run;

import dev.midframe.tensorrt.TensorRtException;
import dev.midframe.tensorrt.cuda.CudaContext;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs of engines and kernels with their tensors at fixed addresses, ready to be started again and again: as one CUDA graph, or,
 * where the driver refuses to capture it, call by call.
 */
public final class GpuWork {

    private static final Logger LOG = LoggerFactory.getLogger(GpuWork.class);

    private final CudaContext cuda;
    private final List<FilmWork.Step> steps;
    private final @Nullable MemorySegment graph;

    /**
     * Runs them once, because the first run may allocate, and captures the second.
     *
     * @param steps one after the other
     * @param stream that is captured
     */
    public GpuWork(CudaContext cuda, List<FilmWork.Step> steps, MemorySegment stream) {
        this.cuda = cuda;
        this.steps = List.copyOf(steps);
        enqueue(stream);
        cuda.drain(stream);
        this.graph = capture(stream);
    }

    public void start(MemorySegment stream) {
        if (graph == null) {
            enqueue(stream);
        } else {
            cuda.launch(graph, stream);
        }
    }

    private void enqueue(MemorySegment stream) {
        steps.forEach(step -> step.enqueue(stream));
    }

    private @Nullable MemorySegment capture(MemorySegment stream) {
        try {
            return cuda.capture(stream, () -> enqueue(stream));
        } catch (TensorRtException e) {
            LOG.warn("no CUDA graph, every call is made anew: {}", e.getMessage());
            return null;
        }
    }
}
