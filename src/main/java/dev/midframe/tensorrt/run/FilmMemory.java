package dev.midframe.tensorrt.run;

import dev.midframe.film.graph.OnnxGraph;
import dev.midframe.film.network.FilmPart;
import dev.midframe.tensorrt.FilmEngines;
import dev.midframe.tensorrt.cuda.CudaContext;
import dev.midframe.tensorrt.cuda.GpuMemoryException;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Device memory of one stream of frames. Everything that a neighbour's copy or frame may still need is there twice: frames
 * coming in, features, frames going out. Flows and scratch memory are there once, because only one stream computes.
 */
public final class FilmMemory {

    static final String FRAME = "frame";
    static final String TIME = "time";

    private static final int BUFFERS = 2;

    private final CudaContext cuda;
    private final FilmEngines engines;
    private final Map<String, Long> addresses = new HashMap<>();
    private final long scratch;
    private final long scratchBytes;

    /**
     * Allocates and, because the first runs read what no frame has written yet, clears.
     *
     * @param stream of those runs
     * @throws GpuMemoryException when the device has less free memory than is needed, with both numbers
     */
    FilmMemory(CudaContext cuda, FilmEngines engines, MemorySegment stream) {
        this.cuda = cuda;
        this.engines = engines;
        this.scratchBytes = FilmEngines.PARTS.stream()
                .mapToLong(part -> engines.engine(part).scratchBytes())
                .max()
                .orElseThrow();
        checkFree();
        this.scratch = cuda.allocate(scratchBytes);
        for (FilmPart part : FilmEngines.PARTS) {
            for (EngineTensor tensor : engines.engine(part).tensors()) {
                for (int buffer = 0; buffer < buffers(part, tensor.name(), tensor.input()); buffer++) {
                    long address = cuda.allocate(tensor.bytes());
                    cuda.clear(address, tensor.bytes(), stream);
                    addresses.put(key(part, tensor.name(), buffer), address);
                }
            }
        }
    }

    /**
     * Looks whether the tensors and weights fit. What the engines need beside, known only once they are built, is looked at
     * again then.
     *
     * @throws GpuMemoryException when they do not, with what is needed at least and what is free
     */
    public static void checkBeforeBuilding(CudaContext cuda, Map<FilmPart, OnnxGraph> models) {
        long needed = 0;
        for (Map.Entry<FilmPart, OnnxGraph> part : models.entrySet()) {
            OnnxGraph model = part.getValue();
            needed += model.model().length;
            for (OnnxGraph.Port input : model.inputs()) {
                needed += buffers(part.getKey(), input.name(), true) * input.bytes();
            }
            for (OnnxGraph.Port output : model.outputs()) {
                needed += buffers(part.getKey(), output.name(), false) * output.bytes();
            }
        }
        require(cuda, needed, "at least ");
    }

    /** Memory that every engine's context may use while it runs. */
    void giveScratch(ExecutionContext context) {
        context.scratch(scratch, scratchBytes);
    }

    long frameIn(int buffer) {
        return address(FilmPart.FEATURES, FRAME, buffer);
    }

    long frameOut(int buffer) {
        return address(FilmPart.FUSION, FRAME, buffer);
    }

    long time(int buffer) {
        return address(FilmPart.FUSION, TIME, buffer);
    }

    /** Where the tensors of the frame in a buffer lie: its bytes in, its features out. */
    Map<String, Long> features(int frame) {
        return addresses(FilmPart.FEATURES, name -> address(FilmPart.FEATURES, name, frame));
    }

    /** Where the tensors of a pair lie whose later frame is in the given buffer. */
    Map<String, Long> flow(int second) {
        return addresses(FilmPart.FLOW, name -> ofPair(name, second));
    }

    /** Where the tensors of a generated frame lie. */
    Map<String, Long> fusion(int second, int out) {
        return addresses(FilmPart.FUSION, name -> switch (name) {
            case FRAME -> frameOut(out);
            case TIME -> time(out);
            default -> ofPair(name, second);
        });
    }

    private long ofPair(String name, int second) {
        if (name.startsWith("first.")) {
            return address(FilmPart.FEATURES, name.substring("first.".length()), 1 - second);
        } else if (name.startsWith("second.")) {
            return address(FilmPart.FEATURES, name.substring("second.".length()), second);
        }
        return address(FilmPart.FLOW, name, 0);
    }

    /** How many buffers this part's tensor needs, 0 for those that another part has made. */
    private static int buffers(FilmPart part, String tensor, boolean input) {
        return switch (part) {
            case FEATURES -> BUFFERS;
            case FLOW -> input ? 0 : 1;
            default -> tensor.equals(FRAME) || tensor.equals(TIME) ? BUFFERS : 0;
        };
    }

    private void checkFree() {
        long needed = scratchBytes;
        for (FilmPart part : FilmEngines.PARTS) {
            for (EngineTensor tensor : engines.engine(part).tensors()) {
                needed += buffers(part, tensor.name(), tensor.input()) * tensor.bytes();
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

    private Map<String, Long> addresses(FilmPart part, ToLongFunction<String> address) {
        Map<String, Long> addresses = new HashMap<>();
        engines.engine(part)
                .tensors()
                .forEach(tensor -> addresses.put(tensor.name(), address.applyAsLong(tensor.name())));
        return Map.copyOf(addresses);
    }

    private long address(FilmPart part, String tensor, int buffer) {
        Long address = addresses.get(key(part, tensor, buffer));
        if (address == null) {
            throw new IllegalStateException("no part of FILM makes " + tensor);
        }
        return address;
    }

    private static String key(FilmPart part, String tensor, int buffer) {
        return part + " " + tensor + " " + buffer;
    }
}
