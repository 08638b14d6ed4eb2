/*
 * The types of TensorRT's C functions and of those virtual methods that Midframe calls or implements, once each: pointers
 * all, so that what jextract generates looks nothing up. `self` is `this`: the object or the one behind it, as
 * tensorrt_slots.h says. Enumerations are int, references pointers. Only C's own types occur: int has 32 bits, long has 64.
 */
#ifndef MIDFRAME_TENSORRT_H
#define MIDFRAME_TENSORRT_H

/* Sizes of a tensor, outermost first; returned through a hidden pointer. */
typedef struct Dims {
    int nbDims;
    long d[8];
} Dims;

typedef struct InterfaceInfo {
    const char *kind;
    int major;
    int minor;
} InterfaceInfo;

/* Every object: its vtable, and the object that does the work (mImpl). */
typedef struct CxxObject {
    void *vtable;
    void *impl;
} CxxObject;

/* libnvinfer. `version` is that of the caller: 10000 * major + 100 * minor + patch. */
typedef int (*getInferLibVersion)(void);
typedef void *(*createInferBuilder_INTERNAL)(void *logger, int version);
typedef void *(*createInferRuntime_INTERNAL)(void *logger, int version);
typedef void *(*getPluginRegistry)(void);
/* libnvinfer 11 and later: the folder of libnvinfer_builder_resource. */
typedef _Bool (*setInternalLibraryPath)(const char *folder);
/* libnvonnxparser */
typedef void *(*createNvOnnxParser_INTERNAL)(void *network, void *logger, int version);
/* libnvinfer_plugin */
typedef _Bool (*initLibNvInferPlugins)(void *logger, const char *nameSpace);

/* `delete object` of every interface */
typedef void (*CxxObject_destroy)(void *self);
/* Stands in every slot of an object of ours for which nothing is implemented. */
typedef long (*CxxObject_unimplemented)(void *self);

typedef int (*ILogger_getAPILanguage)(void *self);
typedef InterfaceInfo (*ILogger_getInterfaceInfo)(void *self);
typedef void (*ILogger_log)(void *self, int severity, const char *message);

typedef int (*IProgressMonitor_getAPILanguage)(void *self);
typedef InterfaceInfo (*IProgressMonitor_getInterfaceInfo)(void *self);
typedef void (*IProgressMonitor_phaseStart)(void *self, const char *phase, const char *parent, int steps);
typedef _Bool (*IProgressMonitor_stepComplete)(void *self, const char *phase, int step);
typedef void (*IProgressMonitor_phaseFinish)(void *self, const char *phase);

typedef int (*IProfiler_getAPILanguage)(void *self);
typedef InterfaceInfo (*IProfiler_getInterfaceInfo)(void *self);
typedef void (*IProfiler_reportLayerTime)(void *self, const char *layer, float milliseconds);

typedef void *const *(*IPluginRegistry_getAllCreators)(void *self, int *count);

typedef void *(*IHostMemory_data)(void *self);
typedef unsigned long (*IHostMemory_size)(void *self);

typedef void *(*IBuilder_createNetworkV2)(void *self, unsigned int flags);
typedef void *(*IBuilder_createBuilderConfig)(void *self);
typedef void *(*IBuilder_buildSerializedNetwork)(void *self, void *network, void *config);

typedef void (*IBuilderConfig_setMemoryPoolLimit)(void *self, int pool, unsigned long bytes);
typedef void (*IBuilderConfig_clearFlag)(void *self, int flag);
typedef void (*IBuilderConfig_setBuilderOptimizationLevel)(void *self, int level);
typedef void *(*IBuilderConfig_createTimingCache)(void *self, const void *data, unsigned long size);
typedef _Bool (*IBuilderConfig_setTimingCache)(void *self, const void *cache, _Bool ignoreMismatch);
typedef void (*IBuilderConfig_setProgressMonitor)(void *self, void *monitor);
typedef void (*IBuilderConfig_setProfilingVerbosity)(void *self, int verbosity);

typedef void *(*ITimingCache_serialize)(void *self);

typedef int (*INetworkDefinition_getNbLayers)(void *self);
typedef int (*INetworkDefinition_getNbInputs)(void *self);
typedef void *(*INetworkDefinition_getInput)(void *self, int index);
typedef int (*INetworkDefinition_getNbOutputs)(void *self);
typedef void *(*INetworkDefinition_getOutput)(void *self, int index);

typedef const char *(*ITensor_getName)(void *self);
typedef void (*ITensor_setAllowedFormats)(void *self, unsigned int formats);

typedef _Bool (*IParser_parse)(void *self, const void *model, unsigned long size, const char *path);
typedef _Bool (*IParser_supportsOperator)(void *self, const char *name);
typedef int (*IParser_getNbErrors)(void *self);
typedef void *(*IParser_getError)(void *self, int index);

typedef const char *(*IParserError_desc)(void *self);
typedef int (*IParserError_node)(void *self);
typedef const char *(*IParserError_nodeName)(void *self);
typedef const char *(*IParserError_nodeOperator)(void *self);

typedef void *(*IRuntime_deserializeCudaEngine)(void *self, const void *plan, unsigned long size);

typedef int (*ICudaEngine_getNbIOTensors)(void *self);
typedef const char *(*ICudaEngine_getIOTensorName)(void *self, int index);
typedef Dims (*ICudaEngine_getTensorShape)(void *self, const char *name);
typedef int (*ICudaEngine_getTensorDataType)(void *self, const char *name);
typedef int (*ICudaEngine_getTensorIOMode)(void *self, const char *name);
typedef int (*ICudaEngine_getNbLayers)(void *self);
typedef long (*ICudaEngine_getDeviceMemorySizeV2)(void *self);
typedef void *(*ICudaEngine_createExecutionContext)(void *self, int allocation);
typedef void *(*ICudaEngine_createEngineInspector)(void *self);

typedef const char *(*IEngineInspector_getEngineInformation)(void *self, int format);

typedef void (*IExecutionContext_setProfiler)(void *self, void *profiler);
typedef void (*IExecutionContext_setDeviceMemoryV2)(void *self, void *memory, long bytes);
typedef _Bool (*IExecutionContext_setTensorAddress)(void *self, const char *name, void *memory);
typedef _Bool (*IExecutionContext_enqueueV3)(void *self, void *stream);

#endif
