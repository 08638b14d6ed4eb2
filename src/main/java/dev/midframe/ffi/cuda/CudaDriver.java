package dev.midframe.ffi.cuda;

import dev.midframe.ffi.Functions;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;

/**
 * Where the CUDA driver's functions are: an address each, to be called as {@code cuInit.invoke(driver.cuInit(), 0)} by the
 * generated class of the same name. Names carry the version that the driver exports, as NVIDIA's header maps them.
 */
public record CudaDriver(
        MemorySegment cuInit,
        MemorySegment cuDriverGetVersion,
        MemorySegment cuGetErrorName,
        MemorySegment cuDeviceGetCount,
        MemorySegment cuDeviceGet,
        MemorySegment cuDeviceGetName,
        MemorySegment cuDeviceGetUuid,
        MemorySegment cuDeviceGetAttribute,
        MemorySegment cuDeviceTotalMem_v2,
        MemorySegment cuDevicePrimaryCtxRetain,
        MemorySegment cuDevicePrimaryCtxRelease_v2,
        MemorySegment cuCtxSetCurrent,
        MemorySegment cuMemGetInfo_v2,
        MemorySegment cuMemAlloc_v2,
        MemorySegment cuMemFree_v2,
        MemorySegment cuMemHostAlloc,
        MemorySegment cuMemFreeHost,
        MemorySegment cuMemcpyHtoDAsync_v2,
        MemorySegment cuMemcpyDtoHAsync_v2,
        MemorySegment cuMemsetD8Async,
        MemorySegment cuMemsetD32Async,
        MemorySegment cuStreamCreate,
        MemorySegment cuStreamDestroy_v2,
        MemorySegment cuStreamWaitEvent,
        MemorySegment cuStreamSynchronize,
        MemorySegment cuStreamBeginCapture_v2,
        MemorySegment cuStreamEndCapture,
        MemorySegment cuEventCreate,
        MemorySegment cuEventDestroy_v2,
        MemorySegment cuEventRecord,
        MemorySegment cuEventSynchronize,
        MemorySegment cuEventElapsedTime,
        MemorySegment cuModuleLoadData,
        MemorySegment cuModuleGetFunction,
        MemorySegment cuModuleUnload,
        MemorySegment cuLaunchKernel,
        MemorySegment cuGraphInstantiateWithFlags,
        MemorySegment cuGraphLaunch,
        MemorySegment cuGraphExecDestroy,
        MemorySegment cuGraphDestroy) {

    /**
     * Finds them all.
     *
     * @param symbols of libcuda.so.1; must live as long as the result
     * @throws UnsatisfiedLinkError naming the first function that is missing
     */
    public static CudaDriver in(SymbolLookup symbols) {
        return Functions.find(CudaDriver.class, symbols);
    }
}
