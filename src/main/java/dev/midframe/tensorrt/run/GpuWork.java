package dev.midframe.tensorrt.run;

import dev.midframe.tensorrt.TensorRtException;
import dev.midframe.tensorrt.cuda.CudaContext;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of an engine with its tensors at fixed addresses, ready to be started again and again: as a CUDA graph, or, where
 * the driver refuses to capture it, call by call.
 */
public final class GpuWork {

    private static final Logger LOG = LoggerFactory.getLogger(GpuWork.class);

    private final CudaContext cuda;
    private final ExecutionContext context;
    private final Map<String, Long> tensors;
    private final @Nullable MemorySegment graph;

    /**
     * Runs it once, because the first run may allocate, and captures the second.
     *
     * @param tensors device address by name, for every input and output
     * @param stream that is captured
     */
    public GpuWork(CudaContext cuda, ExecutionContext context, Map<String, Long> tensors, MemorySegment stream) {
        this.cuda = cuda;
        this.context = context;
        this.tensors = tensors;
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
        tensors.forEach(context::bind);
        context.enqueue(stream);
    }

    private @Nullable MemorySegment capture(MemorySegment stream) {
        try {
            return cuda.capture(stream, () -> context.enqueue(stream));
        } catch (TensorRtException e) {
            LOG.warn("no CUDA graph, every call is made anew: {}", e.getMessage());
            return null;
        }
    }
}
