package dev.midframe.tensorrt.cuda;

import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CUDA_ERROR_OUT_OF_MEMORY;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CUDA_SUCCESS;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CU_DEVICE_ATTRIBUTE_PCI_BUS_ID;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CU_DEVICE_ATTRIBUTE_PCI_DEVICE_ID;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CU_DEVICE_ATTRIBUTE_PCI_DOMAIN_ID;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.cuda.CudaDriver;
import dev.midframe.ffi.cuda.generated.cuDeviceGet;
import dev.midframe.ffi.cuda.generated.cuDeviceGetAttribute;
import dev.midframe.ffi.cuda.generated.cuDeviceGetCount;
import dev.midframe.ffi.cuda.generated.cuDeviceGetName;
import dev.midframe.ffi.cuda.generated.cuDeviceGetUuid;
import dev.midframe.ffi.cuda.generated.cuDeviceTotalMem_v2;
import dev.midframe.ffi.cuda.generated.cuDriverGetVersion;
import dev.midframe.ffi.cuda.generated.cuGetErrorName;
import dev.midframe.ffi.cuda.generated.cuInit;
import dev.midframe.tensorrt.GpuLostException;
import dev.midframe.tensorrt.TensorRtException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The CUDA driver, initialized. Its status codes leave here as exceptions that name call, code and remedy. */
public final class Cuda {

    static final String LIBRARY = "libcuda.so.1";

    /** What driver 525 knows, and TensorRT 10 and 11 need. */
    private static final int OLDEST = 12_000;

    private final CudaDriver driver;
    private final int version;
    private volatile @Nullable String lost;

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
            return initialize(CudaDriver.in(symbols));
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
            boolean known = cuDriverGetVersion.invoke(driver.cuDriverGetVersion(), value) == CUDA_SUCCESS();
            Cuda cuda = new Cuda(driver, known ? value.get(ValueLayout.JAVA_INT, 0) : 0);
            cuda.check(cuInit.invoke(driver.cuInit(), 0), "cuInit");
            if (known && cuda.version < OLDEST) {
                throw new TensorRtException("the CUDA driver is too old (it knows CUDA " + cuda.version()
                        + " at most): install NVIDIA's driver 525 or later");
            }
            return cuda;
        }
    }

    /** Where its functions are; hand every result to {@link #check}. */
    CudaDriver driver() {
        return driver;
    }

    /** The newest CUDA that the driver supports, for example {@code 12.6}. */
    public String version() {
        return version / 1000 + "." + version % 1000 / 10;
    }

    /** All devices, in the order of their PCI buses, as nvidia-smi shows them; the driver's own order is by speed. */
    public List<Gpu> gpus() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
            check(cuDeviceGetCount.invoke(driver.cuDeviceGetCount(), count), "cuDeviceGetCount");
            SortedMap<Long, Integer> handles = new TreeMap<>();
            for (int ordinal = 0; ordinal < count.get(ValueLayout.JAVA_INT, 0); ordinal++) {
                MemorySegment handle = arena.allocate(ValueLayout.JAVA_INT);
                check(cuDeviceGet.invoke(driver.cuDeviceGet(), handle, ordinal), "cuDeviceGet");
                int device = handle.get(ValueLayout.JAVA_INT, 0);
                // Instances of one board (MIG) share its address.
                handles.put(pciAddress(device, arena) << Short.SIZE | ordinal, device);
            }
            List<Gpu> gpus = new ArrayList<>();
            handles.values().forEach(device -> gpus.add(describe(gpus.size(), device, arena)));
            return gpus;
        }
    }

    private long pciAddress(int device, Arena arena) {
        return (long) attribute(CU_DEVICE_ATTRIBUTE_PCI_DOMAIN_ID(), device, arena) << 16
                | (long) attribute(CU_DEVICE_ATTRIBUTE_PCI_BUS_ID(), device, arena) << 8
                | attribute(CU_DEVICE_ATTRIBUTE_PCI_DEVICE_ID(), device, arena);
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
        if (result == CUDA_SUCCESS()) {
            return;
        }
        String failure = call + " failed with " + name(result);
        String message = failure + CudaErrors.remedy(result);
        if (CudaErrors.isSticky(result)) {
            lost = failure;
            throw new GpuLostException(message);
        }
        throw result == CUDA_ERROR_OUT_OF_MEMORY() ? new GpuMemoryException(message) : new TensorRtException(message);
    }

    /**
     * Looks whether the driver still works for this process: after an illegal access, for example, every call fails.
     *
     * @throws GpuLostException with the first such failure
     */
    public void checkAlive() {
        if (lost != null) {
            throw new GpuLostException(
                    "the GPU stopped working for this program before (" + lost + "); start it again");
        }
    }

    private String name(int result) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(ValueLayout.ADDRESS);
            if (cuGetErrorName.invoke(driver.cuGetErrorName(), result, text) != CUDA_SUCCESS()) {
                return "error " + result;
            }
            String name = Memory.text(text.get(ValueLayout.ADDRESS, 0));
            return name == null ? "error " + result : name + " (" + result + ")";
        }
    }

    private Gpu describe(int ordinal, int device, Arena arena) {
        MemorySegment name = arena.allocate(256);
        check(cuDeviceGetName.invoke(driver.cuDeviceGetName(), name, 256, device), "cuDeviceGetName");
        MemorySegment uuid = arena.allocate(16);
        check(cuDeviceGetUuid.invoke(driver.cuDeviceGetUuid(), uuid, device), "cuDeviceGetUuid");
        MemorySegment bytes = arena.allocate(ValueLayout.JAVA_LONG);
        check(cuDeviceTotalMem_v2.invoke(driver.cuDeviceTotalMem_v2(), bytes, device), "cuDeviceTotalMem");
        return new Gpu(
                ordinal,
                device,
                name.getString(0),
                text(uuid),
                attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR(), device, arena)
                        + "."
                        + attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR(), device, arena),
                attribute(CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT(), device, arena),
                bytes.get(ValueLayout.JAVA_LONG, 0));
    }

    /** In the form of nvidia-smi and CUDA_VISIBLE_DEVICES. */
    private static String text(MemorySegment uuid) {
        ByteBuffer bytes = uuid.asByteBuffer().order(ByteOrder.BIG_ENDIAN);
        return "GPU-" + new UUID(bytes.getLong(), bytes.getLong());
    }

    private int attribute(int attribute, int device, Arena arena) {
        MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
        check(
                cuDeviceGetAttribute.invoke(driver.cuDeviceGetAttribute(), value, attribute, device),
                "cuDeviceGetAttribute");
        return value.get(ValueLayout.JAVA_INT, 0);
    }
}
