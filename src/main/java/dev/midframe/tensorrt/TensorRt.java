package dev.midframe.tensorrt;

import dev.midframe.ffi.tensorrt.NvInfer;
import dev.midframe.ffi.tensorrt.NvOnnxParser;
import dev.midframe.ffi.tensorrt.SlotTable;
import dev.midframe.ffi.tensorrt.generated.createInferBuilder_INTERNAL;
import dev.midframe.ffi.tensorrt.generated.createInferRuntime_INTERNAL;
import dev.midframe.ffi.tensorrt.generated.createNvOnnxParser_INTERNAL;
import dev.midframe.tensorrt.build.Builder;
import dev.midframe.tensorrt.build.NetworkDefinition;
import dev.midframe.tensorrt.build.OnnxParser;
import dev.midframe.tensorrt.cuda.Cuda;
import dev.midframe.tensorrt.cuda.Gpu;
import dev.midframe.tensorrt.cuda.GpuMemoryException;
import dev.midframe.tensorrt.run.Runtime;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** TensorRT ready for work: its factories, the calls of its objects, its log. */
public final class TensorRt {

    private static final Pattern NO_MEMORY = Pattern.compile("(?i)out ?of ?memory");
    private static final Pattern OLD_DRIVER =
            Pattern.compile("CUDA initialization failure with error: 35|CUDA driver version is insufficient");

    private final int version;
    private final NvInfer nvinfer;
    private final NvOnnxParser parser;
    private final @Nullable Path folder;
    private final SlotTable slots;
    private final TensorRtLog log;
    private final ReentrantLock building = new ReentrantLock();

    /**
     * @param version 10000 x major + 100 x minor + patch, major 10 or 11
     * @param nvinfer its factories
     * @param parser likewise
     * @param folder of the libraries, null where it is not known
     */
    public TensorRt(int version, NvInfer nvinfer, NvOnnxParser parser, @Nullable Path folder) {
        this.version = version;
        this.folder = folder;
        this.nvinfer = nvinfer;
        this.parser = parser;
        this.slots = new SlotTable(version / 10000);
        this.log = new TensorRtLog(slots);
    }

    /**
     * Loads the libraries.
     *
     * @param environment as {@link System#getenv()}
     * @param cuda is not used, but has to be there: without a device the factories end the process or return garbage
     * @throws TensorRtException when there are no libraries of a known version
     */
    public static TensorRt load(Map<String, String> environment, Cuda cuda) {
        cuda.gpu(0);
        TensorRtLibraries libraries = TensorRtLibraries.load(environment);
        libraries.announceFolder();
        return new TensorRt(libraries.version(), libraries.nvinfer(), libraries.parser(), libraries.folder());
    }

    public int major() {
        return version / 10000;
    }

    /** For people and as part of a cache key, for example {@code 11.2.1}. */
    public String versionText() {
        return major() + "." + version / 100 % 100 + "." + version % 100;
    }

    public SlotTable slots() {
        return slots;
    }

    public Builder createBuilder() {
        return new Builder(
                this,
                createInferBuilder_INTERNAL.invoke(nvinfer.createInferBuilder_INTERNAL(), log.address(), version));
    }

    public Runtime createRuntime() {
        return new Runtime(
                this,
                createInferRuntime_INTERNAL.invoke(nvinfer.createInferRuntime_INTERNAL(), log.address(), version));
    }

    /**
     * Looks whether engines can be built for a GPU; those that are kept need nothing of the builder's.
     *
     * @throws TensorRtException with what to install
     */
    public void checkBuilder(Gpu gpu) {
        SupportedGpus.checkKernels(gpu, folder);
    }

    public OnnxParser createParser(NetworkDefinition network) {
        MemorySegment address = createNvOnnxParser_INTERNAL.invoke(
                parser.createNvOnnxParser_INTERNAL(), network.address(), log.address(), version);
        return new OnnxParser(this, address);
    }

    /** Held while something is built: two builds at once would time their kernels against each other. */
    public ReentrantLock building() {
        return building;
    }

    /** Forgets what went wrong before, in calls that succeeded all the same: it explains no later failure. */
    public void forgetErrors() {
        log.takeErrors();
    }

    /** An exception with TensorRT's last error; a {@link GpuMemoryException} where any of them is about memory. */
    public TensorRtException failure(String what) {
        List<String> errors = log.takeErrors();
        String message = "TensorRT " + versionText() + ": " + what + (errors.isEmpty() ? "" : ": " + errors.getLast());
        if (errors.stream().anyMatch(error -> NO_MEMORY.matcher(error).find())) {
            return new GpuMemoryException(message + "; the GPU's memory is full: close other programs on it, or take"
                    + " smaller frames or a smaller model");
        }
        if (errors.stream().anyMatch(error -> OLD_DRIVER.matcher(error).find())) {
            return new TensorRtException(message + "; NVIDIA's driver is too old for this TensorRT: install a newer"
                    + " driver, or have " + Folders.TENSORRT + " name the folder of an older TensorRT");
        }
        return new TensorRtException(message);
    }

    /** Turns a false into an exception. */
    public void require(boolean success, String call) {
        if (!success) {
            throw failure(call + " failed");
        }
    }
}
