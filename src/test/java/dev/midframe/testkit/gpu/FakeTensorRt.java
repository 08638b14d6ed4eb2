package dev.midframe.testkit.gpu;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.midframe.ffi.GeneratedStub;
import dev.midframe.ffi.tensorrt.FakeObject;
import dev.midframe.ffi.tensorrt.NvInfer;
import dev.midframe.ffi.tensorrt.NvOnnxParser;
import dev.midframe.ffi.tensorrt.SlotTable;
import dev.midframe.ffi.tensorrt.VirtualMethod;
import dev.midframe.ffi.tensorrt.generated.IBuilderConfig_clearFlag;
import dev.midframe.ffi.tensorrt.generated.IBuilderConfig_createTimingCache;
import dev.midframe.ffi.tensorrt.generated.IBuilderConfig_setBuilderOptimizationLevel;
import dev.midframe.ffi.tensorrt.generated.IBuilderConfig_setMemoryPoolLimit;
import dev.midframe.ffi.tensorrt.generated.IBuilderConfig_setProfilingVerbosity;
import dev.midframe.ffi.tensorrt.generated.IBuilderConfig_setProgressMonitor;
import dev.midframe.ffi.tensorrt.generated.IBuilderConfig_setTimingCache;
import dev.midframe.ffi.tensorrt.generated.IBuilder_buildSerializedNetwork;
import dev.midframe.ffi.tensorrt.generated.IBuilder_createBuilderConfig;
import dev.midframe.ffi.tensorrt.generated.IBuilder_createNetworkV2;
import dev.midframe.ffi.tensorrt.generated.IHostMemory_data;
import dev.midframe.ffi.tensorrt.generated.IHostMemory_size;
import dev.midframe.ffi.tensorrt.generated.ILogger_log;
import dev.midframe.ffi.tensorrt.generated.IParserError_desc;
import dev.midframe.ffi.tensorrt.generated.IParserError_node;
import dev.midframe.ffi.tensorrt.generated.IParserError_nodeName;
import dev.midframe.ffi.tensorrt.generated.IParserError_nodeOperator;
import dev.midframe.ffi.tensorrt.generated.IParser_getError;
import dev.midframe.ffi.tensorrt.generated.IParser_getNbErrors;
import dev.midframe.ffi.tensorrt.generated.IParser_parse;
import dev.midframe.ffi.tensorrt.generated.IProfiler_reportLayerTime;
import dev.midframe.ffi.tensorrt.generated.IProgressMonitor_phaseFinish;
import dev.midframe.ffi.tensorrt.generated.IProgressMonitor_phaseStart;
import dev.midframe.ffi.tensorrt.generated.IProgressMonitor_stepComplete;
import dev.midframe.ffi.tensorrt.generated.IRuntime_deserializeCudaEngine;
import dev.midframe.ffi.tensorrt.generated.ITimingCache_serialize;
import dev.midframe.ffi.tensorrt.generated.createInferBuilder_INTERNAL;
import dev.midframe.ffi.tensorrt.generated.createInferRuntime_INTERNAL;
import dev.midframe.ffi.tensorrt.generated.createNvOnnxParser_INTERNAL;
import dev.midframe.ffi.tensorrt.generated.getInferLibVersion;
import dev.midframe.tensorrt.TensorRt;
import dev.midframe.tensorrt.run.DataType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * TensorRT in Java: C++ objects whose vtables are made of upcalls, in the slots of one major version, so that the binding
 * calls through real memory. It "builds" a plan that is the ONNX model itself, and runs it as {@link FakeEngine}.
 */
public final class FakeTensorRt {

    private final Arena arena = Arena.global();
    private final int version;
    private final FakeGpu gpu;
    private final SlotTable slots;
    private final Map<Long, byte[]> networks = new ConcurrentHashMap<>();
    private final List<String> destroyed = Collections.synchronizedList(new ArrayList<>());
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    private final List<String> settings = Collections.synchronizedList(new ArrayList<>());
    private final Set<DataType> elementTypes = ConcurrentHashMap.newKeySet();
    private final Set<String> uninitialized = ConcurrentHashMap.newKeySet();
    private volatile MemorySegment logger = MemorySegment.NULL;
    private volatile MemorySegment monitor = MemorySegment.NULL;
    private volatile List<String> builderErrors = List.of();
    private volatile @Nullable String creationWarning;
    private volatile @Nullable String captureError;
    private volatile @Nullable String planError;
    private volatile int plansRefused;
    private volatile boolean refusesTimings;
    private volatile boolean buildsNothing;
    private volatile @Nullable String parserError;
    private volatile @Nullable String engineError;
    private volatile @Nullable Path folder;
    private volatile boolean computing;

    public FakeTensorRt(int version, FakeGpu gpu) {
        this.version = version;
        this.gpu = gpu;
        this.slots = new SlotTable(version / 10000);
    }

    /** The builder logs these errors and gives nothing. */
    public FakeTensorRt builderFailingWith(String... errors) {
        builderErrors = List.of(errors);
        return this;
    }

    /** The factories warn of this and give nothing. */
    public FakeTensorRt givingNothingBecauseOf(String warning) {
        creationWarning = warning;
        return this;
    }

    /** The runtime logs this error and does not take the next plans. */
    public FakeTensorRt refusingPlans(int count, String error) {
        plansRefused = count;
        planError = error;
        return this;
    }

    /** A timing cache that is not empty is not taken. */
    public FakeTensorRt refusingKeptTimings() {
        refusesTimings = true;
        return this;
    }

    /** The builder gives an object with nothing in it. */
    public FakeTensorRt buildingNothing() {
        buildsNothing = true;
        return this;
    }

    /** The parser reports this error of a node. */
    public FakeTensorRt parserFailingWith(String error) {
        parserError = error;
        return this;
    }

    /** An engine's start logs this error and fails. */
    public FakeTensorRt engineFailingWith(String error) {
        engineError = error;
        return this;
    }

    /** Engines compute what their models say, on this machine's processor. */
    public FakeTensorRt computing() {
        computing = true;
        return this;
    }

    /** Its libraries lie in this folder, where the builder looks for its kernels. */
    public FakeTensorRt in(Path libraries) {
        folder = libraries;
        return this;
    }

    public TensorRt load() {
        NvInfer nvinfer = new NvInfer(
                function(getInferLibVersion.Function.class, () -> version),
                function(createInferBuilder_INTERNAL.Function.class, (log, caller) -> created(log, this::builder)),
                function(createInferRuntime_INTERNAL.Function.class, (log, caller) -> created(log, this::runtime)));
        NvOnnxParser parser = new NvOnnxParser(
                function(createNvOnnxParser_INTERNAL.Function.class, (network, log, caller) -> parser(network)));
        return new TensorRt(version, nvinfer, parser, folder);
    }

    private <F> MemorySegment function(Class<F> type, F implementation) {
        return GeneratedStub.of(type, implementation, failures, arena);
    }

    private MemorySegment created(MemorySegment log, Supplier<MemorySegment> object) {
        logger = log;
        if (creationWarning != null) {
            log(2, creationWarning);
            return MemorySegment.NULL;
        }
        return object.get();
    }

    /** What was deleted, by interface, in order. */
    public List<String> destroyed() {
        return destroyed;
    }

    /** What the builder was set to. */
    public List<String> settings() {
        return settings;
    }

    /** Number formats of the inputs and outputs of the engines that were loaded. */
    public Set<DataType> elementTypes() {
        return elementTypes;
    }

    /** Inputs that an engine has read before anything was written to them. */
    public Set<String> uninitialized() {
        return uninitialized;
    }

    /** Exceptions inside upcalls, and calls of slots that no interface has. */
    public List<Throwable> failures() {
        return failures;
    }

    /** An object of TensorRT's without methods, but {@code delete}. */
    FakeObject object(String type) {
        return new FakeObject(slots, type, failures).destroyedBy(() -> {
            destroyed.add(type);
            if (type.equals("IExecutionContext") && gpu.graphs() > 0) {
                failures.add(new IllegalStateException("a context was closed before the graphs of its work"));
            }
        });
    }

    FakeGpu gpu() {
        return gpu;
    }

    /** An engine logs this error and fails where its start is recorded into a graph. */
    public FakeTensorRt captureFailingWith(String error) {
        captureError = error;
        return this;
    }

    boolean engineFails(MemorySegment stream) {
        String error = gpu.isCapturing(stream) && captureError != null ? captureError : engineError;
        if (error != null) {
            log(error);
        }
        return error != null;
    }

    /** Reports a run's layers: 1 ms, 3 ms, 5 ms, ... */
    void report(MemorySegment profiler, List<String> layers) {
        VirtualMethod time = slots.method(IProfiler_reportLayerTime.class, profiler, arena);
        for (int layer = 0; layer < layers.size(); layer++) {
            IProfiler_reportLayerTime.invoke(
                    time.address(), time.self(), arena.allocateFrom(layers.get(layer)), 1 + 2 * layer);
        }
    }

    private void log(String error) {
        log(1, error);
    }

    private void log(int severity, String message) {
        VirtualMethod log = slots.method(ILogger_log.class, logger, arena);
        ILogger_log.invoke(log.address(), log.self(), severity, arena.allocateFrom(message));
    }

    private MemorySegment builder() {
        return object("IBuilder")
                .with(IBuilder_createNetworkV2.Function.class, (self, flags) -> {
                    settings.add("network flags " + flags);
                    return new FakeNetwork(this, networks).address();
                })
                .with(IBuilder_createBuilderConfig.Function.class, self -> config())
                .with(IBuilder_buildSerializedNetwork.Function.class, (self, network, config) -> build(network))
                .address();
    }

    private MemorySegment build(MemorySegment network) {
        if (!builderErrors.isEmpty()) {
            builderErrors.forEach(this::log);
            return MemorySegment.NULL;
        }
        MemorySegment phase = arena.allocateFrom("Building Engine");
        VirtualMethod start = slots.method(IProgressMonitor_phaseStart.class, monitor, arena);
        VirtualMethod complete = slots.method(IProgressMonitor_stepComplete.class, monitor, arena);
        VirtualMethod finish = slots.method(IProgressMonitor_phaseFinish.class, monitor, arena);
        IProgressMonitor_phaseStart.invoke(start.address(), start.self(), phase, MemorySegment.NULL, 2);
        for (int step = 0; step < 2; step++) {
            if (!IProgressMonitor_stepComplete.invoke(complete.address(), complete.self(), phase, step)) {
                log("cancelled");
                return MemorySegment.NULL;
            }
        }
        IProgressMonitor_phaseFinish.invoke(finish.address(), finish.self(), phase);
        return memory(buildsNothing ? new byte[0] : networks.get(network.address()));
    }

    private MemorySegment memory(byte[] bytes) {
        MemorySegment block = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
        return object("IHostMemory")
                .with(IHostMemory_data.Function.class, self -> block)
                .with(IHostMemory_size.Function.class, self -> block.byteSize())
                .address();
    }

    private MemorySegment config() {
        return object("IBuilderConfig")
                .with(
                        IBuilderConfig_setMemoryPoolLimit.Function.class,
                        (self, pool, bytes) -> settings.add("pool " + pool + " " + bytes))
                .with(IBuilderConfig_clearFlag.Function.class, (self, flag) -> settings.add("no flag " + flag))
                .with(
                        IBuilderConfig_setBuilderOptimizationLevel.Function.class,
                        (self, level) -> settings.add("level " + level))
                .with(IBuilderConfig_createTimingCache.Function.class, (self, data, size) -> timingCache(size))
                .with(IBuilderConfig_setTimingCache.Function.class, (self, cache, ignoreMismatch) -> true)
                .with(
                        IBuilderConfig_setProfilingVerbosity.Function.class,
                        (self, verbosity) -> settings.add("details " + verbosity))
                .with(IBuilderConfig_setProgressMonitor.Function.class, (self, given) -> monitor = given)
                .address();
    }

    private MemorySegment timingCache(long size) {
        settings.add("timing cache of " + size + " bytes");
        if (refusesTimings && size > 0) {
            log("timings of another GPU");
            return MemorySegment.NULL;
        }
        return object("ITimingCache")
                .with(ITimingCache_serialize.Function.class, self -> memory(new byte[] {1, 2, 3}))
                .address();
    }

    private MemorySegment parser(MemorySegment network) {
        networks.put(network.address(), new byte[0]);
        return object("IParser")
                .with(IParser_parse.Function.class, (self, model, size, path) -> {
                    networks.put(network.address(), model.reinterpret(size).toArray(ValueLayout.JAVA_BYTE));
                    return parserError == null;
                })
                .with(IParser_getNbErrors.Function.class, self -> parserError == null ? 0 : 1)
                .with(IParser_getError.Function.class, (self, index) -> parserError())
                .address();
    }

    private MemorySegment parserError() {
        return object("IParserError")
                .with(IParserError_node.Function.class, self -> 3)
                .with(IParserError_nodeName.Function.class, self -> arena.allocateFrom("warp/GridSample_3"))
                .with(IParserError_nodeOperator.Function.class, self -> arena.allocateFrom("GridSample"))
                .with(IParserError_desc.Function.class, self -> arena.allocateFrom(parserError))
                .address();
    }

    private MemorySegment runtime() {
        return object("IRuntime")
                .with(IRuntime_deserializeCudaEngine.Function.class, (self, plan, size) -> deserialize(plan, size))
                .address();
    }

    private MemorySegment deserialize(MemorySegment plan, long size) {
        if (plansRefused > 0) {
            plansRefused--;
            log(planError);
            return MemorySegment.NULL;
        }
        try {
            ModelProto model = ModelProto.parseFrom(plan.reinterpret(size).asByteBuffer());
            return new FakeEngine(this, model.getGraph(), computing ? new OnnxEngine(model) : null).address();
        } catch (InvalidProtocolBufferException e) {
            log("not a plan");
            return MemorySegment.NULL;
        }
    }
}
