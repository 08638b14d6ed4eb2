/*
 * TensorRT's C functions and the types of those virtual methods that Midframe calls or implements, once each.
 * `self` is `this`: the object or the one behind it, as tensorrt_slots.h says. Enumerations are int32_t, references pointers.
 */
#ifndef MIDFRAME_TENSORRT_H
#define MIDFRAME_TENSORRT_H

#include <stdbool.h>
#include <stdint.h>

/* Sizes of a tensor, outermost first; returned through a hidden pointer. */
typedef struct Dims {
    int32_t nbDims;
    int64_t d[8];
} Dims;

typedef struct InterfaceInfo {
    const char *kind;
    int32_t major;
    int32_t minor;
} InterfaceInfo;

/* Every object: its vtable, and the object that does the work. */
typedef struct Object {
    const void *const *vtable;
    struct Object *impl;
} Object;

/* libnvinfer. `version` is that of the caller: 10000 * major + 100 * minor + patch. */
int32_t getInferLibVersion(void);
void *createInferBuilder_INTERNAL(void *logger, int32_t version);
void *createInferRuntime_INTERNAL(void *logger, int32_t version);
void *getPluginRegistry(void);
/* libnvinfer 11 and later: the folder of libnvinfer_builder_resource. */
bool setInternalLibraryPath(const char *folder);
/* libnvonnxparser */
void *createNvOnnxParser_INTERNAL(void *network, void *logger, int32_t version);
/* libnvinfer_plugin */
bool initLibNvInferPlugins(void *logger, const char *nameSpace);

/* `delete object` of every interface */
typedef void (*destroy)(void *self);

typedef int32_t (*ILogger_getAPILanguage)(void *self);
typedef InterfaceInfo (*ILogger_getInterfaceInfo)(void *self);
typedef void (*ILogger_log)(void *self, int32_t severity, const char *message);

typedef int32_t (*IProgressMonitor_getAPILanguage)(void *self);
typedef InterfaceInfo (*IProgressMonitor_getInterfaceInfo)(void *self);
typedef void (*IProgressMonitor_phaseStart)(void *self, const char *phase, const char *parent, int32_t steps);
typedef bool (*IProgressMonitor_stepComplete)(void *self, const char *phase, int32_t step);
typedef void (*IProgressMonitor_phaseFinish)(void *self, const char *phase);

typedef void *const *(*IPluginRegistry_getAllCreators)(void *self, int32_t *count);

typedef void *(*IHostMemory_data)(void *self);
typedef uint64_t (*IHostMemory_size)(void *self);

typedef void *(*IBuilder_createNetworkV2)(void *self, uint32_t flags);
typedef void *(*IBuilder_createBuilderConfig)(void *self);
typedef void *(*IBuilder_buildSerializedNetwork)(void *self, void *network, void *config);

typedef void (*IBuilderConfig_setMemoryPoolLimit)(void *self, int32_t pool, uint64_t bytes);
typedef void (*IBuilderConfig_setFlag)(void *self, int32_t flag);
typedef void (*IBuilderConfig_clearFlag)(void *self, int32_t flag);
typedef void (*IBuilderConfig_setBuilderOptimizationLevel)(void *self, int32_t level);
typedef void *(*IBuilderConfig_createTimingCache)(void *self, const void *data, uint64_t size);
typedef bool (*IBuilderConfig_setTimingCache)(void *self, const void *cache, bool ignoreMismatch);
typedef void (*IBuilderConfig_setProgressMonitor)(void *self, void *monitor);

typedef void *(*ITimingCache_serialize)(void *self);

typedef int32_t (*INetworkDefinition_getNbInputs)(void *self);
typedef void *(*INetworkDefinition_getInput)(void *self, int32_t index);
typedef int32_t (*INetworkDefinition_getNbOutputs)(void *self);
typedef void *(*INetworkDefinition_getOutput)(void *self, int32_t index);
typedef int32_t (*INetworkDefinition_getNbLayers)(void *self);

typedef const char *(*ITensor_getName)(void *self);
typedef Dims (*ITensor_getDimensions)(void *self);
typedef int32_t (*ITensor_getType)(void *self);

typedef bool (*IParser_parse)(void *self, const void *model, uint64_t size, const char *path);
typedef bool (*IParser_supportsOperator)(void *self, const char *name);
typedef int32_t (*IParser_getNbErrors)(void *self);
typedef void *(*IParser_getError)(void *self, int32_t index);

typedef const char *(*IParserError_desc)(void *self);
typedef int32_t (*IParserError_node)(void *self);
typedef const char *(*IParserError_nodeName)(void *self);
typedef const char *(*IParserError_nodeOperator)(void *self);

typedef void *(*IRuntime_deserializeCudaEngine)(void *self, const void *plan, uint64_t size);

typedef int32_t (*ICudaEngine_getNbIOTensors)(void *self);
typedef const char *(*ICudaEngine_getIOTensorName)(void *self, int32_t index);
typedef Dims (*ICudaEngine_getTensorShape)(void *self, const char *name);
typedef int32_t (*ICudaEngine_getTensorDataType)(void *self, const char *name);
typedef int32_t (*ICudaEngine_getTensorIOMode)(void *self, const char *name);
typedef int32_t (*ICudaEngine_getNbLayers)(void *self);
typedef int64_t (*ICudaEngine_getDeviceMemorySizeV2)(void *self);
typedef void *(*ICudaEngine_createExecutionContext)(void *self, int32_t allocation);

typedef void (*IExecutionContext_setDeviceMemoryV2)(void *self, void *memory, int64_t bytes);
typedef bool (*IExecutionContext_setTensorAddress)(void *self, const char *name, void *memory);
typedef bool (*IExecutionContext_enqueueV3)(void *self, void *stream);

#endif
