package dev.midframe.tensorrt.run;

import dev.midframe.film.graph.OnnxGraph;
import dev.midframe.tensorrt.FilmEngines;
import dev.midframe.tensorrt.cuda.CudaContext;
import dev.midframe.tensorrt.cuda.GpuMemoryException;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * A context of every engine, and the device memory of their tensors. Scratch memory is there once, because only one stream
 * computes.
 */
public final class EngineContexts implements AutoCloseable {

    private final CudaContext cuda;
    private final FilmEngines engines;
    private final Map<String, Long> addresses = new HashMap<>();
    private final Map<String, ExecutionContext> contexts = new LinkedHashMap<>();

    /**
     * Allocates and, because the first runs read what no frame has written yet, clears.
     *
     * @param stream of those runs
     * @throws GpuMemoryException when the device has less free memory than is needed, with both numbers
     */
    EngineContexts(CudaContext cuda, FilmEngines engines, FilmPlan plan, MemorySegment stream) {
        this.cuda = cuda;
        this.engines = engines;
        long scratchBytes = engines.names().stream()
                .mapToLong(name -> engines.engine(name).scratchBytes())
                .max()
                .orElseThrow();
        checkFree(plan, scratchBytes);
        long scratch = cuda.allocate(scratchBytes);
        for (String engine : engines.names()) {
            for (EngineTensor tensor : engines.engine(engine).tensors()) {
                for (int buffer = 0; buffer < plan.copies(engine, tensor.name(), tensor.input()); buffer++) {
                    addresses.put(key(engine, tensor.name(), buffer), cleared(tensor.bytes(), stream));
                }
            }
        }
        try {
            for (String engine : engines.names()) {
                ExecutionContext context = engines.engine(engine).createContext();
                contexts.put(engine, context);
                context.scratch(scratch, scratchBytes);
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Looks whether the tensors and weights fit. What the engines need beside, known only once they are built, is looked at
     * again then.
     *
     * @throws GpuMemoryException when they do not, with what is needed at least and what is free
     */
    public static void checkBeforeBuilding(CudaContext cuda, FilmPlan plan, List<OnnxGraph> graphs) {
        long needed = 0;
        for (OnnxGraph graph : graphs) {
            needed += graph.model().length;
            for (OnnxGraph.Port input : graph.inputs()) {
                needed += plan.copies(graph.name(), input.name(), true) * input.bytes();
            }
            for (OnnxGraph.Port output : graph.outputs()) {
                needed += plan.copies(graph.name(), output.name(), false) * output.bytes();
            }
        }
        require(cuda, needed, "at least ");
    }

    /** Memory of zeros. */
    long cleared(long bytes, MemorySegment stream) {
        long address = cuda.allocate(bytes);
        cuda.clear(address, bytes, stream);
        return address;
    }

    /** Where a tensor lies. */
    long address(String engine, String tensor, int buffer) {
        Long address = addresses.get(key(engine, tensor, buffer));
        if (address == null) {
            throw new IllegalStateException("no engine of FILM makes " + tensor);
        }
        return address;
    }

    /** A run of an engine, with its tensors where a function says. */
    FilmWork.Step run(String engine, ToLongFunction<String> address) {
        Map<String, Long> places = new HashMap<>();
        engines.engine(engine)
                .tensors()
                .forEach(tensor -> places.put(tensor.name(), address.applyAsLong(tensor.name())));
        return contexts.get(engine).run(places);
    }

    @Override
    public void close() {
        contexts.values().forEach(ExecutionContext::close);
    }

    private void checkFree(FilmPlan plan, long scratchBytes) {
        long needed = scratchBytes;
        for (String engine : engines.names()) {
            for (EngineTensor tensor : engines.engine(engine).tensors()) {
                needed += plan.copies(engine, tensor.name(), tensor.input()) * tensor.bytes();
            }
        }
        require(cuda, needed, "");
    }

    private static void require(CudaContext cuda, long needed, String least) {
        long free = cuda.freeBytes();
        if (needed > free) {
            throw new GpuMemoryException(String.format(
                    Locale.ROOT,
                    "not enough memory on GPU %d (%s): %s%.2f GiB are needed and %.2f GiB are free;"
                            + " close other programs on it, or take smaller frames or a smaller model",
                    cuda.gpu().ordinal(),
                    cuda.gpu().name(),
                    least,
                    needed / (double) (1L << 30),
                    free / (double) (1L << 30)));
        }
    }

    private static String key(String engine, String tensor, int buffer) {
        return engine + " " + tensor + " " + buffer;
    }
}
