package dev.midframe.tensorrt.cuda;

import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CUDA_SUCCESS;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CU_EVENT_BLOCKING_SYNC;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CU_EVENT_DISABLE_TIMING;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CU_MEMHOSTALLOC_PORTABLE;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CU_STREAM_NON_BLOCKING;

import dev.midframe.ffi.cuda.CudaDriver;
import dev.midframe.ffi.cuda.generated.cuCtxSetCurrent;
import dev.midframe.ffi.cuda.generated.cuDevicePrimaryCtxRelease_v2;
import dev.midframe.ffi.cuda.generated.cuDevicePrimaryCtxRetain;
import dev.midframe.ffi.cuda.generated.cuEventCreate;
import dev.midframe.ffi.cuda.generated.cuEventDestroy_v2;
import dev.midframe.ffi.cuda.generated.cuEventElapsedTime;
import dev.midframe.ffi.cuda.generated.cuEventRecord;
import dev.midframe.ffi.cuda.generated.cuEventSynchronize;
import dev.midframe.ffi.cuda.generated.cuGraphDestroy;
import dev.midframe.ffi.cuda.generated.cuGraphExecDestroy;
import dev.midframe.ffi.cuda.generated.cuGraphInstantiateWithFlags;
import dev.midframe.ffi.cuda.generated.cuGraphLaunch;
import dev.midframe.ffi.cuda.generated.cuLaunchKernel;
import dev.midframe.ffi.cuda.generated.cuMemAlloc_v2;
import dev.midframe.ffi.cuda.generated.cuMemFreeHost;
import dev.midframe.ffi.cuda.generated.cuMemFree_v2;
import dev.midframe.ffi.cuda.generated.cuMemGetInfo_v2;
import dev.midframe.ffi.cuda.generated.cuMemHostAlloc;
import dev.midframe.ffi.cuda.generated.cuMemcpyDtoHAsync_v2;
import dev.midframe.ffi.cuda.generated.cuMemcpyHtoDAsync_v2;
import dev.midframe.ffi.cuda.generated.cuMemsetD32Async;
import dev.midframe.ffi.cuda.generated.cuMemsetD8Async;
import dev.midframe.ffi.cuda.generated.cuModuleGetFunction;
import dev.midframe.ffi.cuda.generated.cuModuleLoadData;
import dev.midframe.ffi.cuda.generated.cuModuleUnload;
import dev.midframe.ffi.cuda.generated.cuStreamBeginCapture_v2;
import dev.midframe.ffi.cuda.generated.cuStreamCreate;
import dev.midframe.ffi.cuda.generated.cuStreamDestroy_v2;
import dev.midframe.ffi.cuda.generated.cuStreamEndCapture;
import dev.midframe.ffi.cuda.generated.cuStreamSynchronize;
import dev.midframe.ffi.cuda.generated.cuStreamWaitEvent;
import dev.midframe.tensorrt.TensorRtException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The primary context of a device, and the owner of everything made in it: {@link #close} frees all of it in reverse order.
 * Streams, events, graphs and pinned memory are plain addresses, device memory a number. A thread that calls has to make
 * the context current first.
 */
public final class CudaContext implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CudaContext.class);

    private final Cuda cuda;
    private final CudaDriver driver;
    private final Gpu gpu;
    private final MemorySegment context;
    private final Deque<Runnable> frees = new ArrayDeque<>();
    private boolean closed;

    private CudaContext(Cuda cuda, Gpu gpu, MemorySegment context, int device) {
        this.cuda = cuda;
        this.driver = cuda.driver();
        this.gpu = gpu;
        this.context = context;
        onClose(
                "cuDevicePrimaryCtxRelease",
                () -> cuDevicePrimaryCtxRelease_v2.invoke(driver.cuDevicePrimaryCtxRelease_v2(), device));
    }

    /**
     * Retains the device's primary context and makes it current.
     *
     * @param ordinal as in {@link Gpu}
     * @throws TensorRtException when there is no such device
     */
    public static CudaContext open(Cuda cuda, int ordinal) {
        Gpu gpu = cuda.gpu(ordinal);
        int handle = gpu.handle();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment context = arena.allocate(ValueLayout.ADDRESS);
            cuda.check(
                    cuDevicePrimaryCtxRetain.invoke(cuda.driver().cuDevicePrimaryCtxRetain(), context, handle),
                    "cuDevicePrimaryCtxRetain");
            CudaContext opened = new CudaContext(cuda, gpu, context.get(ValueLayout.ADDRESS, 0), handle);
            try {
                opened.makeCurrent();
                return opened;
            } catch (RuntimeException e) {
                opened.close();
                throw e;
            }
        }
    }

    public Gpu gpu() {
        return gpu;
    }

    /** Lets this thread call. */
    public void makeCurrent() {
        cuda.check(cuCtxSetCurrent.invoke(driver.cuCtxSetCurrent(), context), "cuCtxSetCurrent");
    }

    /** Device memory that no program uses, in bytes. */
    public long freeBytes() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment free = arena.allocate(ValueLayout.JAVA_LONG);
            MemorySegment total = arena.allocate(ValueLayout.JAVA_LONG);
            cuda.check(cuMemGetInfo_v2.invoke(driver.cuMemGetInfo_v2(), free, total), "cuMemGetInfo");
            return free.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    /** Device memory; its start suits every tensor. */
    public long allocate(long bytes) {
        long address = create(
                        "cuMemAlloc of " + bytes + " bytes",
                        out -> cuMemAlloc_v2.invoke(driver.cuMemAlloc_v2(), out, Math.max(1, bytes)))
                .address();
        onClose("cuMemFree", () -> cuMemFree_v2.invoke(driver.cuMemFree_v2(), address));
        return address;
    }

    /** Fills device memory with zeros. */
    public void clear(long address, long bytes, MemorySegment stream) {
        check(cuMemsetD8Async.invoke(driver.cuMemsetD8Async(), address, (byte) 0, bytes, stream), "cuMemsetD8Async");
    }

    /** Writes a 32-bit float; takes nothing of the host's memory. */
    public void set(long address, float value, MemorySegment stream) {
        int bits = Float.floatToRawIntBits(value);
        check(cuMemsetD32Async.invoke(driver.cuMemsetD32Async(), address, bits, 1, stream), "cuMemsetD32Async");
    }

    /** Host memory that copies reach without a detour. */
    public MemorySegment pin(long bytes) {
        MemorySegment memory;
        try {
            memory = create(
                    "cuMemHostAlloc",
                    out -> cuMemHostAlloc.invoke(driver.cuMemHostAlloc(), out, bytes, CU_MEMHOSTALLOC_PORTABLE()));
        } catch (GpuMemoryException e) {
            throw new GpuMemoryException("this machine has not enough memory that can be pinned: cuMemHostAlloc of "
                    + bytes + " bytes failed; close other programs, or lower depth or frame size");
        }
        onClose("cuMemFreeHost", () -> cuMemFreeHost.invoke(driver.cuMemFreeHost(), memory));
        return memory.reinterpret(bytes);
    }

    public MemorySegment stream() {
        MemorySegment stream = create(
                "cuStreamCreate", out -> cuStreamCreate.invoke(driver.cuStreamCreate(), out, CU_STREAM_NON_BLOCKING()));
        onClose("cuStreamDestroy", () -> cuStreamDestroy_v2.invoke(driver.cuStreamDestroy_v2(), stream));
        return stream;
    }

    /** An event that has happened until it is recorded; a thread that waits for it sleeps. */
    public MemorySegment event() {
        return event(CU_EVENT_BLOCKING_SYNC() | CU_EVENT_DISABLE_TIMING());
    }

    /** An event that notes its time. */
    public MemorySegment timedEvent() {
        return event(CU_EVENT_BLOCKING_SYNC());
    }

    /** Records what is started on a stream and makes a graph of it that can be launched again and again. */
    public MemorySegment capture(MemorySegment stream, Runnable work) {
        MemorySegment graph = recorded(stream, work);
        try {
            MemorySegment executable = create(
                    "cuGraphInstantiate",
                    out -> cuGraphInstantiateWithFlags.invoke(driver.cuGraphInstantiateWithFlags(), out, graph, 0));
            onClose("cuGraphExecDestroy", () -> cuGraphExecDestroy.invoke(driver.cuGraphExecDestroy(), executable));
            return executable;
        } finally {
            free("cuGraphDestroy", () -> cuGraphDestroy.invoke(driver.cuGraphDestroy(), graph));
        }
    }

    private MemorySegment recorded(MemorySegment stream, Runnable work) {
        check(
                cuStreamBeginCapture_v2.invoke(
                        driver.cuStreamBeginCapture_v2(), stream, CU_STREAM_CAPTURE_MODE_THREAD_LOCAL()),
                "cuStreamBeginCapture");
        try {
            work.run();
        } catch (RuntimeException e) {
            // Until the capture is ended nothing else can be done with the stream.
            try {
                MemorySegment graph = create(
                        "cuStreamEndCapture",
                        out -> cuStreamEndCapture.invoke(driver.cuStreamEndCapture(), stream, out));
                free("cuGraphDestroy", () -> cuGraphDestroy.invoke(driver.cuGraphDestroy(), graph));
            } catch (TensorRtException ended) {
                e.addSuppressed(ended);
            }
            throw e;
        }
        return create("cuStreamEndCapture", out -> cuStreamEndCapture.invoke(driver.cuStreamEndCapture(), stream, out));
    }

    /** Kernels, which the driver compiles for this device. */
    public MemorySegment module(byte[] ptx) {
        try (Arena arena = Arena.ofConfined()) {
            // The text ends with a zero.
            MemorySegment text = arena.allocate(ptx.length + 1L).copyFrom(MemorySegment.ofArray(ptx));
            MemorySegment module =
                    create("cuModuleLoadData", out -> cuModuleLoadData.invoke(driver.cuModuleLoadData(), out, text));
            onClose("cuModuleUnload", () -> cuModuleUnload.invoke(driver.cuModuleUnload(), module));
            return module;
        }
    }

    /** A kernel of a module. */
    public MemorySegment kernel(MemorySegment module, String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(name);
            return create(
                    "cuModuleGetFunction of " + name,
                    out -> cuModuleGetFunction.invoke(driver.cuModuleGetFunction(), out, module, text));
        }
    }

    /**
     * Starts a kernel.
     *
     * @param threads of a block, along x
     * @param parameters addresses and 32-bit integers
     */
    public void launch(
            MemorySegment kernel,
            int gridX,
            int gridY,
            int gridZ,
            int threads,
            MemorySegment stream,
            long... parameters) {
        try (Arena arena = Arena.ofConfined()) {
            // Of the eight bytes of an integer the driver takes the lower four, which come first.
            MemorySegment values = arena.allocateFrom(ValueLayout.JAVA_LONG, parameters);
            MemorySegment places = arena.allocate(ValueLayout.ADDRESS, parameters.length);
            for (int index = 0; index < parameters.length; index++) {
                places.setAtIndex(ValueLayout.ADDRESS, index, values.asSlice((long) index * Long.BYTES));
            }
            check(
                    cuLaunchKernel.invoke(
                            driver.cuLaunchKernel(),
                            kernel,
                            gridX,
                            gridY,
                            gridZ,
                            threads,
                            1,
                            1,
                            0,
                            stream,
                            places,
                            MemorySegment.NULL),
                    "cuLaunchKernel");
        }
    }

    public void launch(MemorySegment graph, MemorySegment stream) {
        check(cuGraphLaunch.invoke(driver.cuGraphLaunch(), graph, stream), "cuGraphLaunch");
    }

    public void upload(long target, MemorySegment pinned, MemorySegment stream) {
        check(
                cuMemcpyHtoDAsync_v2.invoke(driver.cuMemcpyHtoDAsync_v2(), target, pinned, pinned.byteSize(), stream),
                "cuMemcpyHtoDAsync");
    }

    public void download(MemorySegment pinned, long source, MemorySegment stream) {
        check(
                cuMemcpyDtoHAsync_v2.invoke(driver.cuMemcpyDtoHAsync_v2(), pinned, source, pinned.byteSize(), stream),
                "cuMemcpyDtoHAsync");
    }

    /** The event happens when all that was started on the stream so far is done. */
    public void record(MemorySegment event, MemorySegment stream) {
        check(cuEventRecord.invoke(driver.cuEventRecord(), event, stream), "cuEventRecord");
    }

    /** What is started on the stream from now on waits for the event as last recorded. */
    public void waitFor(MemorySegment event, MemorySegment stream) {
        check(cuStreamWaitEvent.invoke(driver.cuStreamWaitEvent(), stream, event, 0), "cuStreamWaitEvent");
    }

    /** This thread waits for the event as last recorded. */
    public void await(MemorySegment event) {
        check(cuEventSynchronize.invoke(driver.cuEventSynchronize(), event), "cuEventSynchronize");
    }

    /** Waits for everything on a stream: for starting and ending only. */
    public void drain(MemorySegment stream) {
        check(cuStreamSynchronize.invoke(driver.cuStreamSynchronize(), stream), "cuStreamSynchronize");
    }

    /** Between two timed events that have happened. */
    public float elapsedMillis(MemorySegment start, MemorySegment end) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment millis = arena.allocate(ValueLayout.JAVA_FLOAT);
            check(cuEventElapsedTime.invoke(driver.cuEventElapsedTime(), millis, start, end), "cuEventElapsedTime");
            return millis.get(ValueLayout.JAVA_FLOAT, 0);
        }
    }

    /** A point in the order of what was made, for {@link #freeBackTo}. */
    public int mark() {
        return frees.size();
    }

    /** Frees what was made after a {@link #mark}, in reverse order. */
    public void freeBackTo(int mark) {
        while (frees.size() > mark) {
            frees.pop().run();
        }
    }

    /** Frees everything in reverse order; what fails is logged, because a lost device fails every call. Idempotent. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        cuCtxSetCurrent.invoke(driver.cuCtxSetCurrent(), context);
        freeBackTo(0);
    }

    private MemorySegment event(int flags) {
        MemorySegment event = create("cuEventCreate", out -> cuEventCreate.invoke(driver.cuEventCreate(), out, flags));
        onClose("cuEventDestroy", () -> cuEventDestroy_v2.invoke(driver.cuEventDestroy_v2(), event));
        return event;
    }

    @FunctionalInterface
    private interface Call {
        int into(MemorySegment out);
    }

    private MemorySegment create(String what, Call call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ValueLayout.ADDRESS);
            check(call.into(out), what);
            return out.get(ValueLayout.ADDRESS, 0);
        }
    }

    @FunctionalInterface
    private interface Free {
        int call();
    }

    private void onClose(String name, Free free) {
        frees.push(() -> free(name, free));
    }

    private static void free(String name, Free free) {
        int result = free.call();
        if (result != CUDA_SUCCESS()) {
            LOG.debug("{} failed with error {}", name, result);
        }
    }

    private void check(int result, String call) {
        cuda.check(result, call);
    }
}
