package dev.midframe.testkit.gpu;

import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CUDA_ERROR_OUT_OF_MEMORY;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CUDA_SUCCESS;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CU_DEVICE_ATTRIBUTE_PCI_BUS_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.ffi.GeneratedStub;
import dev.midframe.ffi.cuda.CudaDriver;
import dev.midframe.ffi.cuda.generated.cuInit;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A CUDA driver in Java that works as asynchronously as a real one: each stream is a thread that does what it was given, in
 * order, each thing after a random delay; copies read and write when they run, not when they are started. A missing event
 * thus shows as wrong bytes. Device memory is host memory. Every function can be made to fail.
 */
public final class FakeGpu implements AutoCloseable {

    private final class Stream {
        private final ExecutorService worker =
                Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
        private List<Runnable> captured = List.of();
        private boolean capturing;
        private int started;

        void start(Runnable work) {
            if (capturing) {
                captured.add(work);
                return;
            }
            started++;
            long delay = delays.nextLong(maxDelayNanos + 1);
            worker.execute(() -> {
                LockSupport.parkNanos(delay);
                work.run();
            });
        }
    }

    /** What memory holds that nobody has written to. */
    static final byte UNINITIALIZED = (byte) 0xCD;

    /** What this GPU says of the time that each thing takes that is started on a stream. */
    public static final float MILLIS_EACH = 2;

    private static final int INVALID_CONTEXT = 201;

    /** What a thread may call without a context. */
    private static final Pattern FREE = Pattern.compile("cuInit|cuDriver.*|cuGetErrorName|cuDevice.*|cuCtxSetCurrent");

    /** Downloads that fall behind show whether the next frame waits for its memory. */
    private static final long SLOW_DOWNLOADS = 8;

    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private final Map<String, Integer> limits = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final Map<Long, Stream> streams = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<Void>> events = new ConcurrentHashMap<>();
    private final Map<Long, List<Runnable>> graphs = new ConcurrentHashMap<>();
    private final Map<Long, Arena> memory = new ConcurrentHashMap<>();
    private final AtomicLong handles = new AtomicLong(0x1000);
    private final Random delays = new Random(1);
    private final Map<Long, Integer> ticks = new ConcurrentHashMap<>();
    private final ThreadLocal<Long> current = ThreadLocal.withInitial(() -> 0L);
    private final Arena arena = Arena.ofAuto();
    private final List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
    private final int devices;
    private final long maxDelayNanos;
    private volatile int driverVersion = 13000;
    private final List<Integer> used = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger retained = new AtomicInteger();
    private final Set<Long> pinned = ConcurrentHashMap.newKeySet();
    private volatile int mostPinned = Integer.MAX_VALUE;
    private volatile long freeBytes = 8L << 30;
    private final Map<Integer, Integer> buses = new ConcurrentHashMap<>();
    private final Map<Long, String> modules = new ConcurrentHashMap<>();
    private volatile @Nullable KernelsOnCpu kernels;

    public FakeGpu(int devices) {
        this(devices, 0);
    }

    public FakeGpu(int devices, long maxDelayNanos) {
        this.devices = devices;
        this.maxDelayNanos = maxDelayNanos;
    }

    /** Makes a function return an error from now on. */
    public FakeGpu failing(String function, int result) {
        failures.put(function, result);
        return this;
    }

    /** Makes a function return an error after it has succeeded a number of times. */
    public FakeGpu failingAfter(int successes, String function, int result) {
        int limit = calls(function).get() + successes;
        limits.put(function, limit);
        failures.put(function, result);
        return this;
    }

    /** Lets no more than so many blocks of host memory be pinned at a time. */
    public FakeGpu withPinnedBlocks(int most) {
        mostPinned = most;
        return this;
    }

    /** Puts a device, by the driver's number, on a PCI bus; without this they lie on the buses of their numbers. */
    public FakeGpu onBus(int device, int bus) {
        buses.put(device, bus);
        return this;
    }

    public FakeGpu withDriverVersion(int version) {
        driverVersion = version;
        return this;
    }

    public FakeGpu withFreeBytes(long bytes) {
        freeBytes = bytes;
        return this;
    }

    /** Lets it run kernels. */
    public FakeGpu with(KernelsOnCpu compiled) {
        kernels = compiled;
        return this;
    }

    public CudaDriver driver() {
        return CudaDriver.in(name -> Optional.of(function(name)));
    }

    private MemorySegment function(String name) {
        try {
            return GeneratedStub.handledBy(
                    Class.forName(cuInit.class.getPackageName() + "." + name + "$Function"),
                    (proxy, method, arguments) -> called(name, arguments),
                    thrown,
                    arena);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private int called(String function, Object[] arguments) {
        int call = calls(function).incrementAndGet();
        boolean fails = call > limits.getOrDefault(function, 0);
        Integer failure = fails ? failures.get(function) : null;
        return failure == null ? answer(function, arguments) : failure;
    }

    /** How often a function was called. */
    public AtomicInteger calls(String function) {
        return calls.computeIfAbsent(function, name -> new AtomicInteger());
    }

    /** Numbers of the devices whose context was retained, in order. */
    public List<Integer> used() {
        return used;
    }

    /** Contexts, allocations, streams, events, graphs and modules that were not given back. */
    public int open() {
        assertThat(thrown).as("exceptions in the driver").isEmpty();
        return retained.get() + memory.size() + streams.size() + events.size() + graphs.size() + modules.size();
    }

    /** Graphs that can be launched. */
    int graphs() {
        return graphs.size();
    }

    /** Starts work on a stream, as a kernel launch does. */
    void start(MemorySegment stream, Runnable work) {
        streams.get(stream.address()).start(work);
    }

    static MemorySegment at(long address, long bytes) {
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }

    @Override
    public void close() {
        streams.values().forEach(stream -> stream.worker.close());
    }

    /** Whether what is started on a stream is recorded instead. */
    boolean isCapturing(MemorySegment stream) {
        return streams.get(stream.address()).capturing;
    }

    private int answer(String function, Object[] arguments) {
        if (current.get() == 0 && !FREE.matcher(function).matches()) {
            return INVALID_CONTEXT;
        }
        switch (function) {
            case "cuInit" -> {}
            case "cuCtxSetCurrent" -> current.set(pointer(arguments[0]).address());
            case "cuDevicePrimaryCtxRelease_v2" -> retained.decrementAndGet();
            case "cuDriverGetVersion" -> setInt(arguments[0], driverVersion);
            case "cuDeviceGetCount" -> setInt(arguments[0], devices);
            case "cuDeviceGet" -> setInt(arguments[0], (int) arguments[1]);
            case "cuDeviceGetName" -> pointer(arguments[0]).setString(0, "Test GPU");
            case "cuDeviceGetUuid" -> pointer(arguments[0]).asSlice(0, 16).fill((byte) (0xA0 + (int) arguments[1]));
            case "cuDeviceTotalMem_v2" -> setLong(arguments[0], 8L << 30);
            case "cuDeviceGetAttribute" -> setInt(arguments[0], attribute((int) arguments[1], (int) arguments[2]));
            case "cuGetErrorName" ->
                pointer(arguments[1]).set(ValueLayout.ADDRESS, 0, Arena.global().allocateFrom("CUDA_ERROR_OF_TEST"));
            case "cuDevicePrimaryCtxRetain" -> {
                used.add((int) arguments[1]);
                retained.incrementAndGet();
                setLong(arguments[0], handles.incrementAndGet());
            }
            case "cuMemGetInfo_v2" -> {
                setLong(arguments[0], freeBytes);
                setLong(arguments[1], 8L << 30);
            }
            case "cuMemAlloc_v2" -> setLong(arguments[0], allocate((long) arguments[1]));
            case "cuMemHostAlloc" -> {
                if (pinned.size() >= mostPinned) {
                    return CUDA_ERROR_OUT_OF_MEMORY();
                }
                long address = allocate((long) arguments[1]);
                pinned.add(address);
                setLong(arguments[0], address);
            }
            case "cuMemFree_v2" -> {
                settle();
                memory.remove((long) arguments[0]).close();
            }
            case "cuMemFreeHost" -> {
                settle();
                pinned.remove(pointer(arguments[0]).address());
                memory.remove(pointer(arguments[0]).address()).close();
            }
            default -> asynchronous(function, arguments);
        }
        return CUDA_SUCCESS();
    }

    private int attribute(int attribute, int device) {
        if (attribute == CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR()) {
            return 9;
        }
        return attribute == CU_DEVICE_ATTRIBUTE_PCI_BUS_ID() ? buses.getOrDefault(device, device) : 0;
    }

    private void asynchronous(String function, Object[] arguments) {
        switch (function) {
            case "cuStreamCreate" -> setLong(arguments[0], added(streams, new Stream()));
            case "cuStreamDestroy_v2" ->
                streams.remove(pointer(arguments[0]).address()).worker.close();
            case "cuStreamSynchronize" -> recordOn(stream(arguments[0])).join();
            case "cuStreamBeginCapture_v2" -> {
                stream(arguments[0]).captured = new ArrayList<>();
                stream(arguments[0]).capturing = true;
            }
            case "cuStreamEndCapture" -> {
                stream(arguments[0]).capturing = false;
                setLong(arguments[1], added(graphs, stream(arguments[0]).captured));
            }
            case "cuGraphInstantiateWithFlags" -> setLong(arguments[0], added(graphs, graph(arguments[1])));
            case "cuGraphLaunch" -> graph(arguments[0]).forEach(stream(arguments[1])::start);
            case "cuGraphDestroy", "cuGraphExecDestroy" ->
                graphs.remove(pointer(arguments[0]).address());
            case "cuEventCreate" -> setLong(arguments[0], added(events, CompletableFuture.completedFuture(null)));
            case "cuEventDestroy_v2" -> events.remove(pointer(arguments[0]).address());
            case "cuEventRecord" -> {
                ticks.put(pointer(arguments[0]).address(), stream(arguments[1]).started);
                events.put(pointer(arguments[0]).address(), recordOn(stream(arguments[1])));
            }
            case "cuEventSynchronize" -> event(arguments[0]).join();
            case "cuEventElapsedTime" -> {
                int between = ticks.get(pointer(arguments[2]).address())
                        - ticks.get(pointer(arguments[1]).address());
                // The first event is a thing of its own.
                pointer(arguments[0]).set(ValueLayout.JAVA_FLOAT, 0, MILLIS_EACH * (between - 1));
            }
            case "cuStreamWaitEvent" -> {
                CompletableFuture<Void> event = event(arguments[1]);
                stream(arguments[0]).start(event::join);
            }
            case "cuModuleLoadData" ->
                setLong(arguments[0], added(modules, pointer(arguments[1]).getString(0)));
            case "cuModuleUnload" -> modules.remove(pointer(arguments[0]).address());
            case "cuModuleGetFunction" -> {
                MemorySegment name = pointer(arguments[2]);
                assertThat(modules.get(pointer(arguments[1]).address()))
                        .contains(".visible .entry " + name.getString(0) + "(");
                pointer(arguments[0]).set(ValueLayout.ADDRESS, 0, arena.allocateFrom(name.getString(0)));
            }
            case "cuLaunchKernel" ->
                stream(arguments[8])
                        .start(kernels.launch(modules.values().iterator().next(), arguments));
            case "cuMemsetD8Async" -> {
                MemorySegment target = at((long) arguments[0], (long) arguments[2]);
                stream(arguments[3]).start(() -> target.fill((byte) arguments[1]));
            }
            case "cuMemsetD32Async" -> {
                MemorySegment target = at((long) arguments[0], (long) arguments[2] * Integer.BYTES);
                stream(arguments[3]).start(() -> target.set(ValueLayout.JAVA_INT_UNALIGNED, 0, (int) arguments[1]));
            }
            case "cuMemcpyHtoDAsync_v2" -> {
                MemorySegment target = at((long) arguments[0], (long) arguments[2]);
                MemorySegment source = at(pointer(arguments[1]).address(), (long) arguments[2]);
                stream(arguments[3]).start(() -> target.copyFrom(source));
            }
            case "cuMemcpyDtoHAsync_v2" -> {
                MemorySegment source = at((long) arguments[1], (long) arguments[2]);
                MemorySegment target = at(pointer(arguments[0]).address(), (long) arguments[2]);
                stream(arguments[3]).start(() -> {
                    LockSupport.parkNanos(SLOW_DOWNLOADS * maxDelayNanos);
                    target.copyFrom(source);
                });
            }
            default -> throw new AssertionError(function + " was not expected");
        }
    }

    /** Freeing waits for what runs, as a driver does: the memory here is the process's own. */
    private void settle() {
        streams.values().stream()
                .filter(stream -> !stream.capturing)
                .map(FakeGpu::recordOn)
                .forEach(CompletableFuture::join);
    }

    private static CompletableFuture<Void> recordOn(Stream stream) {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        stream.start(() -> reached.complete(null));
        return reached;
    }

    private long allocate(long bytes) {
        Arena arena = Arena.ofShared();
        MemorySegment block = arena.allocate(bytes, 64);
        block.fill(UNINITIALIZED);
        memory.put(block.address(), arena);
        return block.address();
    }

    private <T> long added(Map<Long, T> objects, T object) {
        long handle = handles.incrementAndGet();
        objects.put(handle, object);
        return handle;
    }

    private Stream stream(Object handle) {
        return streams.get(pointer(handle).address());
    }

    private CompletableFuture<Void> event(Object handle) {
        return events.get(pointer(handle).address());
    }

    private List<Runnable> graph(Object handle) {
        return graphs.get(pointer(handle).address());
    }

    private static MemorySegment pointer(Object argument) {
        return ((MemorySegment) argument).reinterpret(Long.MAX_VALUE);
    }

    private static void setInt(Object pointer, int value) {
        pointer(pointer).set(ValueLayout.JAVA_INT, 0, value);
    }

    private static void setLong(Object pointer, long value) {
        pointer(pointer).set(ValueLayout.JAVA_LONG, 0, value);
    }
}
