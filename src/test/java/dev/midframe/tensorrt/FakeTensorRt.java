package dev.midframe.tensorrt;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.midframe.ffi.tensorrt.CxxObjects;
import dev.midframe.ffi.tensorrt.Destroyable;
import dev.midframe.ffi.tensorrt.IBuilder;
import dev.midframe.ffi.tensorrt.IBuilderConfig;
import dev.midframe.ffi.tensorrt.IHostMemory;
import dev.midframe.ffi.tensorrt.ILogger;
import dev.midframe.ffi.tensorrt.INetworkDefinition;
import dev.midframe.ffi.tensorrt.IParser;
import dev.midframe.ffi.tensorrt.IParserError;
import dev.midframe.ffi.tensorrt.IProgressMonitor;
import dev.midframe.ffi.tensorrt.IRuntime;
import dev.midframe.ffi.tensorrt.ITimingCache;
import dev.midframe.ffi.tensorrt.JavaObject;
import dev.midframe.ffi.tensorrt.NvInfer;
import dev.midframe.tensorrt.run.DataType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * TensorRT in Java: C++ objects whose vtables are made of upcalls, in the slots of one major version, so that the binding
 * calls through real memory. It "builds" a plan that is the ONNX model itself, and runs it as {@link FakeEngine}.
 */
public final class FakeTensorRt {

    private final Arena arena = Arena.global();
    private final int version;
    private final FakeGpu gpu;
    private final CxxObjects objects;
    private final Map<Long, byte[]> networks = new ConcurrentHashMap<>();
    private final List<String> destroyed = Collections.synchronizedList(new ArrayList<>());
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    private final List<String> settings = Collections.synchronizedList(new ArrayList<>());
    private final Set<DataType> elementTypes = ConcurrentHashMap.newKeySet();
    private volatile MemorySegment logger = MemorySegment.NULL;
    private volatile List<String> builderErrors = List.of();
    private volatile @Nullable String creationWarning;
    private volatile @Nullable String captureError;
    private volatile @Nullable String planError;
    private volatile int plansRefused;
    private volatile boolean refusesTimings;
    private volatile boolean buildsNothing;
    private volatile @Nullable String parserError;
    private volatile @Nullable String engineError;

    FakeTensorRt(int version, FakeGpu gpu) {
        this.version = version;
        this.gpu = gpu;
        this.objects = new CxxObjects(version / 10000);
    }

    /** The builder logs these errors and gives nothing. */
    FakeTensorRt builderFailingWith(String... errors) {
        builderErrors = List.of(errors);
        return this;
    }

    /** The factories warn of this and give nothing. */
    FakeTensorRt givingNothingBecauseOf(String warning) {
        creationWarning = warning;
        return this;
    }

    /** The runtime logs this error and does not take the next plans. */
    FakeTensorRt refusingPlans(int count, String error) {
        plansRefused = count;
        planError = error;
        return this;
    }

    /** A timing cache that is not empty is not taken. */
    FakeTensorRt refusingKeptTimings() {
        refusesTimings = true;
        return this;
    }

    /** The builder gives an object with nothing in it. */
    FakeTensorRt buildingNothing() {
        buildsNothing = true;
        return this;
    }

    /** The parser reports this error of a node. */
    FakeTensorRt parserFailingWith(String error) {
        parserError = error;
        return this;
    }

    /** An engine's start logs this error and fails. */
    FakeTensorRt engineFailingWith(String error) {
        engineError = error;
        return this;
    }

    public TensorRt load() {
        return new TensorRt(version, new Factories(), (network, log, parserVersion) -> {
            networks.put(network.address(), new byte[0]);
            return export(IParser.class, new Parser(network));
        });
    }

    /** What was deleted, by interface, in order. */
    List<String> destroyed() {
        return destroyed;
    }

    /** What the builder was told. */
    List<String> settings() {
        return settings;
    }

    /** Number formats of the inputs and outputs of the engines that were loaded. */
    Set<DataType> elementTypes() {
        return elementTypes;
    }

    /** Exceptions inside upcalls, and calls of slots that no interface has. */
    public List<Throwable> failures() {
        return failures;
    }

    <T> MemorySegment export(Class<T> type, T implementation) {
        return JavaObject.export(objects, type, implementation, arena, failures::add);
    }

    void destroy(Class<?> type) {
        destroyed.add(type.getSimpleName());
    }

    FakeGpu gpu() {
        return gpu;
    }

    /** An engine logs this error and fails where its start is recorded into a graph. */
    FakeTensorRt captureFailingWith(String error) {
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

    private void log(String error) {
        log(1, error);
    }

    private void log(int severity, String message) {
        objects.at(ILogger.class, logger).log(severity, message);
    }

    private final class Factories implements NvInfer {

        @Override
        public int getInferLibVersion() {
            return version;
        }

        @Override
        public MemorySegment createInferBuilder_INTERNAL(MemorySegment log, int callerVersion) {
            logger = log;
            if (creationWarning != null) {
                log(2, creationWarning);
                return MemorySegment.NULL;
            }
            return export(IBuilder.class, new FakeBuilder());
        }

        @Override
        public MemorySegment createInferRuntime_INTERNAL(MemorySegment log, int callerVersion) {
            logger = log;
            if (creationWarning != null) {
                log(2, creationWarning);
                return MemorySegment.NULL;
            }
            return export(IRuntime.class, new FakeRuntime());
        }

        @Override
        public MemorySegment getPluginRegistry() {
            return MemorySegment.NULL;
        }
    }

    private class Deleted implements Destroyable {

        private final Class<?> type;

        Deleted(Class<?> type) {
            this.type = type;
        }

        @Override
        public void destroy() {
            FakeTensorRt.this.destroy(type);
        }
    }

    private final class FakeBuilder extends Deleted implements IBuilder {

        private MemorySegment monitor = MemorySegment.NULL;

        FakeBuilder() {
            super(IBuilder.class);
        }

        @Override
        public MemorySegment createNetworkV2(int flags) {
            settings.add("network flags " + flags);
            return export(INetworkDefinition.class, new Network());
        }

        @Override
        public MemorySegment createBuilderConfig() {
            return export(IBuilderConfig.class, new Config(this));
        }

        @Override
        public MemorySegment buildSerializedNetwork(MemorySegment network, MemorySegment config) {
            if (!builderErrors.isEmpty()) {
                builderErrors.forEach(FakeTensorRt.this::log);
                return MemorySegment.NULL;
            }
            IProgressMonitor told = objects.at(IProgressMonitor.class, monitor);
            told.phaseStart("Building Engine", null, 2);
            for (int step = 0; step < 2; step++) {
                if (!told.stepComplete("Building Engine", step)) {
                    log("cancelled");
                    return MemorySegment.NULL;
                }
            }
            told.phaseFinish("Building Engine");
            return memory(buildsNothing ? new byte[0] : networks.get(network.address()));
        }
    }

    private MemorySegment memory(byte[] bytes) {
        MemorySegment block = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
        return export(IHostMemory.class, new Memory(block));
    }

    private final class Memory extends Deleted implements IHostMemory {

        private final MemorySegment block;

        Memory(MemorySegment block) {
            super(IHostMemory.class);
            this.block = block;
        }

        @Override
        public MemorySegment data() {
            return block;
        }

        @Override
        public long size() {
            return block.byteSize();
        }
    }

    private final class Config extends Deleted implements IBuilderConfig {

        private final FakeBuilder builder;

        Config(FakeBuilder builder) {
            super(IBuilderConfig.class);
            this.builder = builder;
        }

        @Override
        public void setMemoryPoolLimit(int pool, long bytes) {
            settings.add("pool " + pool + " " + bytes);
        }

        @Override
        public void setFlag(int flag) {
            settings.add("flag " + flag);
        }

        @Override
        public void clearFlag(int flag) {
            settings.add("no flag " + flag);
        }

        @Override
        public void setBuilderOptimizationLevel(int level) {
            settings.add("level " + level);
        }

        @Override
        public MemorySegment createTimingCache(MemorySegment data, long size) {
            settings.add("timing cache of " + size + " bytes");
            if (refusesTimings && size > 0) {
                log("timings of another GPU");
                return MemorySegment.NULL;
            }
            return export(ITimingCache.class, new Timing());
        }

        @Override
        public boolean setTimingCache(MemorySegment cache, boolean ignoreMismatch) {
            return true;
        }

        @Override
        public void setProgressMonitor(MemorySegment monitor) {
            builder.monitor = monitor;
        }
    }

    private final class Timing extends Deleted implements ITimingCache {

        Timing() {
            super(ITimingCache.class);
        }

        @Override
        public MemorySegment serialize() {
            return memory(new byte[] {1, 2, 3});
        }
    }

    private final class Network extends Deleted implements INetworkDefinition {

        Network() {
            super(INetworkDefinition.class);
        }

        @Override
        public int getNbInputs() {
            return 0;
        }

        @Override
        public MemorySegment getInput(int index) {
            return MemorySegment.NULL;
        }

        @Override
        public int getNbOutputs() {
            return 0;
        }

        @Override
        public MemorySegment getOutput(int index) {
            return MemorySegment.NULL;
        }

        @Override
        public int getNbLayers() {
            return 7;
        }
    }

    private final class Parser extends Deleted implements IParser {

        private final MemorySegment network;

        Parser(MemorySegment network) {
            super(IParser.class);
            this.network = network;
        }

        @Override
        public boolean parse(MemorySegment model, long size, @Nullable String path) {
            networks.put(network.address(), model.reinterpret(size).toArray(ValueLayout.JAVA_BYTE));
            return parserError == null;
        }

        @Override
        public boolean supportsOperator(String name) {
            return name.equals("Conv");
        }

        @Override
        public int getNbErrors() {
            return parserError == null ? 0 : 1;
        }

        @Override
        public MemorySegment getError(int index) {
            return export(IParserError.class, new ParserError());
        }
    }

    private final class ParserError implements IParserError {

        @Override
        public @Nullable String desc() {
            return parserError;
        }

        @Override
        public int node() {
            return 3;
        }

        @Override
        public String nodeName() {
            return "warp/GridSample_3";
        }

        @Override
        public String nodeOperator() {
            return "GridSample";
        }
    }

    private final class FakeRuntime extends Deleted implements IRuntime {

        FakeRuntime() {
            super(IRuntime.class);
        }

        @Override
        public MemorySegment deserializeCudaEngine(MemorySegment plan, long size) {
            if (plansRefused > 0) {
                plansRefused--;
                log(planError);
                return MemorySegment.NULL;
            }
            try {
                GraphProto graph = ModelProto.parseFrom(plan.reinterpret(size).asByteBuffer())
                        .getGraph();
                return new FakeEngine(FakeTensorRt.this, graph).export();
            } catch (InvalidProtocolBufferException e) {
                log("not a plan");
                return MemorySegment.NULL;
            }
        }
    }
}
