package dev.midframe.ffi.cuda;

import java.lang.foreign.MemorySegment;

/**
 * The CUDA driver's C functions. Each returns a {@code CUresult}, 0 for success; handles are opaque pointers, a
 * {@code CUdeviceptr} is a {@code long}. Names carry the version that the driver exports, as NVIDIA's header maps them.
 */
public interface CudaDriver {

    /** {@code CUresult}: everything went well. */
    int SUCCESS = 0;
    /** {@code CUresult}: no memory left on the device (or in the host, for pinned memory). */
    int ERROR_OUT_OF_MEMORY = 2;
    /** {@code CUresult}: a driver without a device. */
    int ERROR_NO_DEVICE = 100;

    /** {@code CUstream_flags}: no order towards the default stream. */
    int STREAM_NON_BLOCKING = 1;
    /** {@code CUevent_flags}: a waiting thread sleeps. */
    int EVENT_BLOCKING_SYNC = 1;
    /** {@code CUevent_flags}: no time stamp. */
    int EVENT_DISABLE_TIMING = 2;
    /** {@code CUmemhostalloc}: pinned for every context. */
    int MEMHOSTALLOC_PORTABLE = 1;
    /** {@code CUstreamCaptureMode}: calls of other threads do not disturb the capture. */
    int STREAM_CAPTURE_MODE_THREAD_LOCAL = 1;

    /** {@code CUdevice_attribute}: number of multiprocessors. */
    int ATTRIBUTE_MULTIPROCESSOR_COUNT = 16;
    /** {@code CUdevice_attribute}: major compute capability. */
    int ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR = 75;
    /** {@code CUdevice_attribute}: minor compute capability. */
    int ATTRIBUTE_COMPUTE_CAPABILITY_MINOR = 76;

    int cuInit(int flags);

    int cuDriverGetVersion(MemorySegment version);

    int cuGetErrorName(int error, MemorySegment name);

    int cuDeviceGetCount(MemorySegment count);

    int cuDeviceGet(MemorySegment device, int ordinal);

    int cuDeviceGetName(MemorySegment name, int length, int device);

    int cuDeviceGetUuid(MemorySegment uuid, int device);

    int cuDeviceGetAttribute(MemorySegment value, int attribute, int device);

    int cuDeviceTotalMem_v2(MemorySegment bytes, int device);

    int cuDevicePrimaryCtxRetain(MemorySegment context, int device);

    int cuDevicePrimaryCtxRelease_v2(int device);

    int cuCtxSetCurrent(MemorySegment context);

    int cuMemGetInfo_v2(MemorySegment free, MemorySegment total);

    int cuMemAlloc_v2(MemorySegment pointer, long bytes);

    int cuMemFree_v2(long pointer);

    int cuMemHostAlloc(MemorySegment pointer, long bytes, int flags);

    int cuMemFreeHost(MemorySegment pointer);

    int cuMemcpyHtoDAsync_v2(long target, MemorySegment source, long bytes, MemorySegment stream);

    int cuMemcpyDtoHAsync_v2(MemorySegment target, long source, long bytes, MemorySegment stream);

    int cuStreamCreate(MemorySegment stream, int flags);

    int cuStreamDestroy_v2(MemorySegment stream);

    int cuStreamWaitEvent(MemorySegment stream, MemorySegment event, int flags);

    int cuStreamSynchronize(MemorySegment stream);

    int cuStreamBeginCapture_v2(MemorySegment stream, int mode);

    int cuStreamEndCapture(MemorySegment stream, MemorySegment graph);

    int cuEventCreate(MemorySegment event, int flags);

    int cuEventDestroy_v2(MemorySegment event);

    int cuEventRecord(MemorySegment event, MemorySegment stream);

    int cuEventSynchronize(MemorySegment event);

    int cuEventElapsedTime(MemorySegment milliseconds, MemorySegment start, MemorySegment end);

    int cuGraphInstantiateWithFlags(MemorySegment executable, MemorySegment graph, long flags);

    int cuGraphLaunch(MemorySegment executable, MemorySegment stream);

    int cuGraphExecDestroy(MemorySegment executable);

    int cuGraphDestroy(MemorySegment graph);
}
