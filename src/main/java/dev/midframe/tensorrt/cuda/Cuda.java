package dev.midframe.tensorrt.cuda;

import dev.midframe.ffi.CLibrary;
import dev.midframe.ffi.cuda.CudaDriver;
import dev.midframe.tensorrt.TensorRtException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The CUDA driver, initialized. Its status codes leave here as exceptions that name call, code and remedy. */
public final class Cuda {

    static final String LIBRARY = "libcuda.so.1";

    /** What driver 525 knows, and TensorRT 10 and 11 need. */
    private static final int OLDEST = 12_000;

    private final CudaDriver driver;
    private final int version;

    private Cuda(CudaDriver driver, int version) {
        this.driver = driver;
        this.version = version;
    }

    /**
     * Loads the driver until the program ends, and initializes it.
     *
     * @throws TensorRtException when there is none, or it finds no device
     */
    public static Cuda load() {
        SymbolLookup symbols;
        try {
            symbols = SymbolLookup.libraryLookup(LIBRARY, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new TensorRtException(
                    "no CUDA driver (" + LIBRARY
                            + " was not found): install NVIDIA's driver, version 525 or later, for an NVIDIA GPU",
                    e);
        }
        try {
            return initialize(CLibrary.bind(CudaDriver.class, symbols));
        } catch (UnsatisfiedLinkError e) {
            throw new TensorRtException(
                    "the CUDA driver is too old (" + LIBRARY + ": " + e.getMessage()
                            + "): install NVIDIA's driver 525 or later",
                    e);
        }
    }

    /**
     * Initializes a driver that is already bound.
     *
     * @throws TensorRtException when it finds no device, or is too old
     */
    public static Cuda initialize(CudaDriver driver) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
            boolean told = driver.cuDriverGetVersion(value) == CudaDriver.SUCCESS;
            Cuda cuda = new Cuda(driver, told ? value.get(ValueLayout.JAVA_INT, 0) : 0);
            cuda.check(driver.cuInit(0), "cuInit");
            if (told && cuda.version < OLDEST) {
                throw new TensorRtException("the CUDA driver is too old (it knows CUDA " + cuda.version()
                        + " at most): install NVIDIA's driver 525 or later");
            }
            return cuda;
        }
    }

    /** The bound functions; hand every result to {@link #check}. */
    CudaDriver driver() {
        return driver;
    }

    /** The newest CUDA that the driver supports, for example {@code 12.6}. */
    public String version() {
        return version / 1000 + "." + version % 1000 / 10;
    }

    /** All devices, in the driver's order. */
    public List<Gpu> gpus() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
            check(driver.cuDeviceGetCount(count), "cuDeviceGetCount");
            List<Gpu> gpus = new ArrayList<>();
            for (int ordinal = 0; ordinal < count.get(ValueLayout.JAVA_INT, 0); ordinal++) {
                gpus.add(describe(ordinal, arena));
            }
            return gpus;
        }
    }

    /**
     * One device.
     *
     * @throws TensorRtException naming the devices there are
     */
    public Gpu gpu(int ordinal) {
        List<Gpu> gpus = gpus();
        if (ordinal < 0 || ordinal >= gpus.size()) {
            throw new TensorRtException("there is no GPU number " + ordinal + "; "
                    + (gpus.isEmpty() ? "the driver sees none" : "there are 0 to " + (gpus.size() - 1)));
        }
        return gpus.get(ordinal);
    }

    /**
     * Turns a status into an exception.
     *
     * @param result what the driver returned
     * @param call the function's name
     */
    void check(int result, String call) {
        if (result == CudaDriver.ERROR_OUT_OF_MEMORY) {
            throw new GpuMemoryException(call + " failed with " + name(result) + remedy(result));
        } else if (result != CudaDriver.SUCCESS) {
            throw new TensorRtException(call + " failed with " + name(result) + remedy(result));
        }
    }

    private String name(int result) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(ValueLayout.ADDRESS);
            if (driver.cuGetErrorName(result, text) != CudaDriver.SUCCESS) {
                return "error " + result;
            }
            MemorySegment name = text.get(ValueLayout.ADDRESS, 0);
            return name.equals(MemorySegment.NULL)
                    ? "error " + result
                    : name.reinterpret(Long.MAX_VALUE).getString(0) + " (" + result + ")";
        }
    }

    private static String remedy(int result) {
        return switch (result) {
            case CudaDriver.ERROR_OUT_OF_MEMORY ->
                ": not enough memory; close other programs on the GPU, or lower depth or picture size";
            case CudaDriver.ERROR_NO_DEVICE ->
                ": the driver sees no GPU; check nvidia-smi and the permissions of /dev/nvidia*";
            case 3, 4 -> ": the driver is not running or going down; check nvidia-smi";
            case 34 -> ": a stub of the driver was loaded; put the real " + LIBRARY + " first in the loader's path";
            case 802, 803, 804 ->
                ": the driver's library and kernel module do not fit each other; restart or reinstall the driver";
            case 214, 700, 702, 710, 714, 715, 716, 717, 718, 719, 999 ->
                ": the GPU stopped working for this program; start it again";
            default -> "";
        };
    }

    private Gpu describe(int ordinal, Arena arena) {
        MemorySegment handle = arena.allocate(ValueLayout.JAVA_INT);
        check(driver.cuDeviceGet(handle, ordinal), "cuDeviceGet");
        int device = handle.get(ValueLayout.JAVA_INT, 0);
        MemorySegment name = arena.allocate(256);
        check(driver.cuDeviceGetName(name, 256, device), "cuDeviceGetName");
        MemorySegment uuid = arena.allocate(16);
        check(driver.cuDeviceGetUuid(uuid, device), "cuDeviceGetUuid");
        MemorySegment bytes = arena.allocate(ValueLayout.JAVA_LONG);
        check(driver.cuDeviceTotalMem_v2(bytes, device), "cuDeviceTotalMem");
        return new Gpu(
                ordinal,
                name.getString(0),
                HexFormat.of().formatHex(uuid.toArray(ValueLayout.JAVA_BYTE)),
                attribute(CudaDriver.ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, device, arena)
                        + "."
                        + attribute(CudaDriver.ATTRIBUTE_COMPUTE_CAPABILITY_MINOR, device, arena),
                attribute(CudaDriver.ATTRIBUTE_MULTIPROCESSOR_COUNT, device, arena),
                bytes.get(ValueLayout.JAVA_LONG, 0));
    }

    private int attribute(int attribute, int device, Arena arena) {
        MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
        check(driver.cuDeviceGetAttribute(value, attribute, device), "cuDeviceGetAttribute");
        return value.get(ValueLayout.JAVA_INT, 0);
    }
}
