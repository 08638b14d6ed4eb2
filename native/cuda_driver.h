/*
 * The functions of the CUDA driver (libcuda.so.1) that Midframe calls: a pointer type each, under the name that the library
 * exports, so that what jextract generates looks nothing up. Only C's own types occur: int has 32 bits, long has 64.
 */
#ifndef MIDFRAME_CUDA_DRIVER_H
#define MIDFRAME_CUDA_DRIVER_H

typedef int CUdevice;
typedef unsigned long CUdeviceptr;
typedef void *CUcontext;
typedef void *CUstream;
typedef void *CUevent;
typedef void *CUgraph;
typedef void *CUgraphExec;
typedef void *CUmodule;
typedef void *CUfunction;

typedef enum CUresult {
    CUDA_SUCCESS = 0,
    CUDA_ERROR_OUT_OF_MEMORY = 2,
    CUDA_ERROR_NOT_INITIALIZED = 3,
    CUDA_ERROR_DEINITIALIZED = 4,
    CUDA_ERROR_STUB_LIBRARY = 34,
    CUDA_ERROR_NO_DEVICE = 100,
    CUDA_ERROR_ECC_UNCORRECTABLE = 214,
    CUDA_ERROR_ILLEGAL_ADDRESS = 700,
    CUDA_ERROR_LAUNCH_TIMEOUT = 702,
    CUDA_ERROR_CONTEXT_IS_DESTROYED = 709,
    CUDA_ERROR_ASSERT = 710,
    CUDA_ERROR_HARDWARE_STACK_ERROR = 714,
    CUDA_ERROR_ILLEGAL_INSTRUCTION = 715,
    CUDA_ERROR_MISALIGNED_ADDRESS = 716,
    CUDA_ERROR_INVALID_ADDRESS_SPACE = 717,
    CUDA_ERROR_INVALID_PC = 718,
    CUDA_ERROR_LAUNCH_FAILED = 719,
    CUDA_ERROR_SYSTEM_NOT_READY = 802,
    CUDA_ERROR_SYSTEM_DRIVER_MISMATCH = 803,
    CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE = 804,
    CUDA_ERROR_UNKNOWN = 999
} CUresult;

enum CUstream_flags { CU_STREAM_NON_BLOCKING = 1 };
enum CUstreamCaptureMode { CU_STREAM_CAPTURE_MODE_THREAD_LOCAL = 1 };
enum CUevent_flags { CU_EVENT_BLOCKING_SYNC = 1, CU_EVENT_DISABLE_TIMING = 2 };
enum CUmemhostalloc_flags { CU_MEMHOSTALLOC_PORTABLE = 1 };
enum CUdevice_attribute {
    CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT = 16,
    CU_DEVICE_ATTRIBUTE_PCI_BUS_ID = 33,
    CU_DEVICE_ATTRIBUTE_PCI_DEVICE_ID = 34,
    CU_DEVICE_ATTRIBUTE_PCI_DOMAIN_ID = 50,
    CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR = 75,
    CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR = 76
};

typedef CUresult (*cuInit)(unsigned int flags);
typedef CUresult (*cuDriverGetVersion)(int *version);
typedef CUresult (*cuGetErrorName)(CUresult error, const char **name);

typedef CUresult (*cuDeviceGetCount)(int *count);
typedef CUresult (*cuDeviceGet)(CUdevice *device, int ordinal);
typedef CUresult (*cuDeviceGetName)(char *name, int length, CUdevice device);
typedef CUresult (*cuDeviceGetUuid)(unsigned char uuid[16], CUdevice device);
typedef CUresult (*cuDeviceGetAttribute)(int *value, int attribute, CUdevice device);
typedef CUresult (*cuDeviceTotalMem_v2)(unsigned long *bytes, CUdevice device);
typedef CUresult (*cuDevicePrimaryCtxRetain)(CUcontext *context, CUdevice device);
typedef CUresult (*cuDevicePrimaryCtxRelease_v2)(CUdevice device);
typedef CUresult (*cuCtxSetCurrent)(CUcontext context);

typedef CUresult (*cuMemGetInfo_v2)(unsigned long *free, unsigned long *total);
typedef CUresult (*cuMemAlloc_v2)(CUdeviceptr *pointer, unsigned long bytes);
typedef CUresult (*cuMemFree_v2)(CUdeviceptr pointer);
typedef CUresult (*cuMemHostAlloc)(void **pointer, unsigned long bytes, unsigned int flags);
typedef CUresult (*cuMemFreeHost)(void *pointer);
typedef CUresult (*cuMemcpyHtoDAsync_v2)(CUdeviceptr target, const void *source, unsigned long bytes, CUstream stream);
typedef CUresult (*cuMemcpyDtoHAsync_v2)(void *target, CUdeviceptr source, unsigned long bytes, CUstream stream);
typedef CUresult (*cuMemsetD8Async)(CUdeviceptr target, unsigned char value, unsigned long bytes, CUstream stream);
typedef CUresult (*cuMemsetD32Async)(CUdeviceptr target, unsigned int value, unsigned long words, CUstream stream);

typedef CUresult (*cuStreamCreate)(CUstream *stream, unsigned int flags);
typedef CUresult (*cuStreamDestroy_v2)(CUstream stream);
typedef CUresult (*cuStreamWaitEvent)(CUstream stream, CUevent event, unsigned int flags);
typedef CUresult (*cuStreamSynchronize)(CUstream stream);
typedef CUresult (*cuStreamBeginCapture_v2)(CUstream stream, int mode);
typedef CUresult (*cuStreamEndCapture)(CUstream stream, CUgraph *graph);

typedef CUresult (*cuEventCreate)(CUevent *event, unsigned int flags);
typedef CUresult (*cuEventDestroy_v2)(CUevent event);
typedef CUresult (*cuEventRecord)(CUevent event, CUstream stream);
typedef CUresult (*cuEventSynchronize)(CUevent event);
typedef CUresult (*cuEventElapsedTime)(float *milliseconds, CUevent start, CUevent end);

typedef CUresult (*cuModuleLoadData)(CUmodule *module, const void *image);
typedef CUresult (*cuModuleGetFunction)(CUfunction *function, CUmodule module, const char *name);
typedef CUresult (*cuModuleUnload)(CUmodule module);
typedef CUresult (*cuLaunchKernel)(
        CUfunction function, unsigned int gridX, unsigned int gridY, unsigned int gridZ, unsigned int blockX,
        unsigned int blockY, unsigned int blockZ, unsigned int sharedBytes, CUstream stream, void **parameters,
        void **extra);

typedef CUresult (*cuGraphInstantiateWithFlags)(CUgraphExec *executable, CUgraph graph, unsigned long flags);
typedef CUresult (*cuGraphLaunch)(CUgraphExec executable, CUstream stream);
typedef CUresult (*cuGraphExecDestroy)(CUgraphExec executable);
typedef CUresult (*cuGraphDestroy)(CUgraph graph);

#endif
