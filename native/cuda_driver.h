/*
 * The functions of the CUDA driver (libcuda.so.1) that Midframe calls, under the names that the library exports.
 * A CUresult is an int32_t, 0 for success; a CUdevice an int32_t; a CUdeviceptr a uint64_t; other handles are pointers.
 */
#ifndef MIDFRAME_CUDA_DRIVER_H
#define MIDFRAME_CUDA_DRIVER_H

#include <stdint.h>

typedef int32_t CUresult;
typedef int32_t CUdevice;
typedef uint64_t CUdeviceptr;
typedef struct CUctx *CUcontext;
typedef struct CUstream *CUstream;
typedef struct CUevent *CUevent;
typedef struct CUgraph *CUgraph;
typedef struct CUgraphExec *CUgraphExec;

CUresult cuInit(uint32_t flags);
CUresult cuDriverGetVersion(int32_t *version);
CUresult cuGetErrorName(CUresult error, const char **name);

CUresult cuDeviceGetCount(int32_t *count);
CUresult cuDeviceGet(CUdevice *device, int32_t ordinal);
CUresult cuDeviceGetName(char *name, int32_t length, CUdevice device);
CUresult cuDeviceGetUuid(uint8_t uuid[16], CUdevice device);
CUresult cuDeviceGetAttribute(int32_t *value, int32_t attribute, CUdevice device);
CUresult cuDeviceTotalMem_v2(uint64_t *bytes, CUdevice device);
CUresult cuDevicePrimaryCtxRetain(CUcontext *context, CUdevice device);
CUresult cuDevicePrimaryCtxRelease_v2(CUdevice device);
CUresult cuCtxSetCurrent(CUcontext context);

CUresult cuMemGetInfo_v2(uint64_t *free, uint64_t *total);
CUresult cuMemAlloc_v2(CUdeviceptr *pointer, uint64_t bytes);
CUresult cuMemFree_v2(CUdeviceptr pointer);
CUresult cuMemHostAlloc(void **pointer, uint64_t bytes, uint32_t flags);
CUresult cuMemFreeHost(void *pointer);
CUresult cuMemcpyHtoDAsync_v2(CUdeviceptr target, const void *source, uint64_t bytes, CUstream stream);
CUresult cuMemcpyDtoHAsync_v2(void *target, CUdeviceptr source, uint64_t bytes, CUstream stream);

CUresult cuStreamCreate(CUstream *stream, uint32_t flags);
CUresult cuStreamDestroy_v2(CUstream stream);
CUresult cuStreamWaitEvent(CUstream stream, CUevent event, uint32_t flags);
CUresult cuStreamSynchronize(CUstream stream);
CUresult cuStreamBeginCapture_v2(CUstream stream, int32_t mode);
CUresult cuStreamEndCapture(CUstream stream, CUgraph *graph);

CUresult cuEventCreate(CUevent *event, uint32_t flags);
CUresult cuEventDestroy_v2(CUevent event);
CUresult cuEventRecord(CUevent event, CUstream stream);
CUresult cuEventSynchronize(CUevent event);
CUresult cuEventElapsedTime(float *milliseconds, CUevent start, CUevent end);

CUresult cuGraphInstantiateWithFlags(CUgraphExec *executable, CUgraph graph, uint64_t flags);
CUresult cuGraphLaunch(CUgraphExec executable, CUstream stream);
CUresult cuGraphExecDestroy(CUgraphExec executable);
CUresult cuGraphDestroy(CUgraph graph);

#endif
