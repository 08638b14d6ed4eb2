/*
 * Where TensorRT's virtual methods stand in their vtables (Itanium C++ ABI, x86-64 and AArch64 Linux).
 *
 * SLOT(interface, method, object, ten, eleven)
 *   object  OWN:  `this` is the object, the vtable its own
 *           IMPL: `this` is the object behind the pointer at byte 8 of the object (mImpl), the vtable that one's
 *   ten, eleven  the slot in every TensorRT 10.x from 10.3 and 11.x, or ABSENT
 * `destroy` stands for the deleting destructor. Slots never moved inside a major version; every other major is refused.
 *
 * The Java binding reads this file, and check-slots.cpp compares it with NVIDIA's headers where these are installed.
 */
SLOT(ILogger, getAPILanguage, OWN, ABSENT, 0)
SLOT(ILogger, getInterfaceInfo, OWN, ABSENT, 1)
SLOT(ILogger, log, OWN, 0, 4)

SLOT(IProgressMonitor, getAPILanguage, OWN, 0, 0)
SLOT(IProgressMonitor, getInterfaceInfo, OWN, 1, 1)
SLOT(IProgressMonitor, phaseStart, OWN, 4, 4)
SLOT(IProgressMonitor, stepComplete, OWN, 5, 5)
SLOT(IProgressMonitor, phaseFinish, OWN, 6, 6)

SLOT(IProfiler, getAPILanguage, OWN, ABSENT, 0)
SLOT(IProfiler, getInterfaceInfo, OWN, ABSENT, 1)
SLOT(IProfiler, reportLayerTime, OWN, 0, 4)

SLOT(IPluginRegistry, getAllCreators, OWN, 13, 9)

SLOT(IHostMemory, destroy, OWN, 1, 1)
SLOT(IHostMemory, data, IMPL, 2, 2)
SLOT(IHostMemory, size, IMPL, 3, 3)

SLOT(IBuilder, destroy, OWN, 1, 1)
SLOT(IBuilder, createNetworkV2, IMPL, 8, 6)
SLOT(IBuilder, createBuilderConfig, IMPL, 7, 5)
SLOT(IBuilder, buildSerializedNetwork, IMPL, 14, 11)

SLOT(IBuilderConfig, destroy, OWN, 1, 1)
SLOT(IBuilderConfig, setMemoryPoolLimit, IMPL, 43, 32)
SLOT(IBuilderConfig, clearFlag, IMPL, 10, 8)
SLOT(IBuilderConfig, setBuilderOptimizationLevel, IMPL, 47, 36)
SLOT(IBuilderConfig, createTimingCache, IMPL, 40, 29)
SLOT(IBuilderConfig, setTimingCache, IMPL, 41, 30)
SLOT(IBuilderConfig, setProgressMonitor, IMPL, 56, 45)
SLOT(IBuilderConfig, setProfilingVerbosity, IMPL, 27, 25)

SLOT(ITimingCache, destroy, OWN, 1, 1)
SLOT(ITimingCache, serialize, IMPL, 2, 2)

SLOT(INetworkDefinition, destroy, OWN, 1, 1)
SLOT(INetworkDefinition, getNbLayers, IMPL, 12, 12)
SLOT(INetworkDefinition, getNbInputs, IMPL, 14, 14)
SLOT(INetworkDefinition, getInput, IMPL, 15, 15)
SLOT(INetworkDefinition, getNbOutputs, IMPL, 16, 16)
SLOT(INetworkDefinition, getOutput, IMPL, 17, 17)

SLOT(ITensor, getName, IMPL, 3, 3)
SLOT(ITensor, setAllowedFormats, IMPL, 19, 13)

SLOT(IParser, destroy, OWN, 9, 7)
SLOT(IParser, parse, OWN, 0, 0)
SLOT(IParser, supportsOperator, OWN, 4, 2)
SLOT(IParser, getNbErrors, OWN, 5, 3)
SLOT(IParser, getError, OWN, 6, 4)

SLOT(IParserError, desc, OWN, 1, 1)
SLOT(IParserError, node, OWN, 5, 5)
SLOT(IParserError, nodeName, OWN, 6, 6)
SLOT(IParserError, nodeOperator, OWN, 7, 7)

SLOT(IRuntime, destroy, OWN, 1, 1)
SLOT(IRuntime, deserializeCudaEngine, IMPL, 3, 3)

SLOT(ICudaEngine, destroy, OWN, 1, 1)
SLOT(ICudaEngine, getNbIOTensors, IMPL, 30, 26)
SLOT(ICudaEngine, getIOTensorName, IMPL, 31, 27)
SLOT(ICudaEngine, getTensorShape, IMPL, 19, 15)
SLOT(ICudaEngine, getTensorDataType, IMPL, 20, 16)
SLOT(ICudaEngine, getTensorIOMode, IMPL, 23, 19)
SLOT(ICudaEngine, getNbLayers, IMPL, 3, 3)
SLOT(ICudaEngine, getDeviceMemorySizeV2, IMPL, 52, 44)
SLOT(ICudaEngine, createExecutionContext, IMPL, 5, 5)
SLOT(ICudaEngine, createEngineInspector, IMPL, 18, 14)

SLOT(IEngineInspector, destroy, OWN, 1, 1)
SLOT(IEngineInspector, getEngineInformation, IMPL, 6, 6)

SLOT(IExecutionContext, destroy, OWN, 1, 1)
SLOT(IExecutionContext, setProfiler, IMPL, 5, 5)
SLOT(IExecutionContext, setDeviceMemoryV2, IMPL, 49, 48)
SLOT(IExecutionContext, setTensorAddress, IMPL, 24, 23)
SLOT(IExecutionContext, enqueueV3, IMPL, 37, 36)
