package dev.midframe.testkit.gpu;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.midframe.ffi.Memory;
import dev.midframe.ffi.tensorrt.NetworkRecorder;
import dev.midframe.ffi.tensorrt.Shape;
import dev.midframe.ffi.tensorrt.generated.Dims;
import dev.midframe.ffi.tensorrt.generated.ICudaEngine_createEngineInspector;
import dev.midframe.ffi.tensorrt.generated.ICudaEngine_createExecutionContext;
import dev.midframe.ffi.tensorrt.generated.ICudaEngine_getDeviceMemorySizeV2;
import dev.midframe.ffi.tensorrt.generated.ICudaEngine_getIOTensorName;
import dev.midframe.ffi.tensorrt.generated.ICudaEngine_getNbIOTensors;
import dev.midframe.ffi.tensorrt.generated.ICudaEngine_getNbLayers;
import dev.midframe.ffi.tensorrt.generated.ICudaEngine_getTensorDataType;
import dev.midframe.ffi.tensorrt.generated.ICudaEngine_getTensorIOMode;
import dev.midframe.ffi.tensorrt.generated.ICudaEngine_getTensorShape;
import dev.midframe.ffi.tensorrt.generated.IEngineInspector_getEngineInformation;
import dev.midframe.ffi.tensorrt.generated.IExecutionContext_enqueueV3;
import dev.midframe.ffi.tensorrt.generated.IExecutionContext_setDeviceMemoryV2;
import dev.midframe.ffi.tensorrt.generated.IExecutionContext_setProfiler;
import dev.midframe.ffi.tensorrt.generated.IExecutionContext_setTensorAddress;
import dev.midframe.tensorrt.run.DataType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Stands for one of FILM's engines: the same tensors, a simpler picture. FEATURES keeps the frame's bytes in {@code y} and a
 * checksum in {@code features.0}; FLOW joins both checksums in {@code forward.0}; FUSION mixes the two frames' bytes by time,
 * and gives bytes of 0xEE instead where the flow does not belong to its frames.
 */
final class FakeEngine {

    private static final long SCRATCH_BYTES = 1000;

    /** What a profile shows of every engine: the second layer takes three times as long as the first. */
    public static final List<String> LAYER_NAMES = List.of("convolution", "warp");

    private static final String LAYERS = """
            {"Layers": [{"Name": "convolution", "LayerType": "CaskConvolution", "TacticName": "sm90_fprop",
              "Inputs": [{"Name": "x", "Format/Datatype": "Half"}], "Outputs": [{"Name": "y", "Format/Datatype": "Float"}]}],
             "Bindings": []}""";

    private final FakeTensorRt tensorRt;
    private final String part;
    private final @Nullable OnnxEngine computing;
    private final List<ValueInfoProto> inputs;
    private final List<ValueInfoProto> tensors = new ArrayList<>();

    /** @param computing what it does instead of the simpler picture, null for that */
    FakeEngine(FakeTensorRt tensorRt, GraphProto graph, @Nullable OnnxEngine computing) {
        this.computing = computing;
        this.tensorRt = tensorRt;
        this.part = graph.getName();
        this.inputs = graph.getInputList();
        this.tensors.addAll(inputs);
        this.tensors.addAll(graph.getOutputList());
    }

    /** The {@code ICudaEngine}. */
    MemorySegment address() {
        List<MemorySegment> names = tensors.stream()
                .map(tensor -> Arena.global().allocateFrom(tensor.getName()))
                .toList();
        return tensorRt.object("ICudaEngine")
                .with(ICudaEngine_getNbIOTensors.Function.class, self -> tensors.size())
                .with(ICudaEngine_getIOTensorName.Function.class, (self, index) -> names.get(index))
                .with(ICudaEngine_getTensorShape.Function.class, (self, name) -> dims(Memory.text(name)))
                .with(ICudaEngine_getTensorDataType.Function.class, (self, name) -> dataTypeCode(Memory.text(name)))
                .with(ICudaEngine_getTensorIOMode.Function.class, (self, name) -> mode(Memory.text(name)))
                .with(ICudaEngine_getNbLayers.Function.class, self -> 1)
                .with(ICudaEngine_getDeviceMemorySizeV2.Function.class, self -> SCRATCH_BYTES)
                .with(ICudaEngine_createEngineInspector.Function.class, self -> inspector())
                .with(ICudaEngine_createExecutionContext.Function.class, (self, allocation) -> new Context().address())
                .address();
    }

    private MemorySegment inspector() {
        MemorySegment json = Arena.global().allocateFrom(LAYERS);
        return tensorRt.object("IEngineInspector")
                .with(IEngineInspector_getEngineInformation.Function.class, (self, format) -> json)
                .address();
    }

    private MemorySegment dims(String name) {
        MemorySegment dims = Dims.allocate(Arena.ofAuto());
        NetworkRecorder.write(shape(name), dims);
        return dims;
    }

    private Shape shape(String name) {
        return new Shape(type(name).getShape().getDimList().stream()
                .map(TensorShapeProto.Dimension::getDimValue)
                .toList());
    }

    private int dataTypeCode(String name) {
        DataType type = dataType(name);
        tensorRt.elementTypes().add(type);
        return type.code();
    }

    private DataType dataType(String name) {
        int type = type(name).getElemType();
        if (type == TensorProto.DataType.FLOAT.getNumber()) {
            return DataType.FLOAT;
        }
        return type == TensorProto.DataType.FLOAT16.getNumber() ? DataType.HALF : DataType.UINT8;
    }

    private int mode(String name) {
        return inputs.stream().anyMatch(input -> input.getName().equals(name)) ? 1 : 2;
    }

    private TypeProto.Tensor type(String name) {
        return tensors.stream()
                .filter(tensor -> tensor.getName().equals(name))
                .findAny()
                .orElseThrow()
                .getType()
                .getTensorType();
    }

    private final class Context {

        private final Map<String, MemorySegment> addresses = new HashMap<>();
        private boolean hasScratch;
        private MemorySegment profiler = MemorySegment.NULL;

        /** The {@code IExecutionContext}. */
        MemorySegment address() {
            return tensorRt.object("IExecutionContext")
                    .with(
                            IExecutionContext_setDeviceMemoryV2.Function.class,
                            (self, memory, bytes) -> hasScratch = bytes >= SCRATCH_BYTES)
                    .with(
                            IExecutionContext_setTensorAddress.Function.class,
                            (self, name, memory) -> bind(Memory.text(name), memory))
                    .with(IExecutionContext_setProfiler.Function.class, (self, given) -> profiler = given)
                    .with(IExecutionContext_enqueueV3.Function.class, (self, stream) -> enqueue(stream))
                    .address();
        }

        private boolean bind(String name, MemorySegment memory) {
            long bytes = shape(name).volume() * dataType(name).bytes();
            addresses.put(name, FakeGpu.at(memory.address(), bytes));
            return true;
        }

        private boolean enqueue(MemorySegment stream) {
            if (!hasScratch || addresses.size() != tensors.size() || tensorRt.engineFails(stream)) {
                return false;
            }
            Map<String, MemorySegment> bound = Map.copyOf(addresses);
            tensorRt.gpu().start(stream, () -> run(bound));
            if (profiler.address() != 0) {
                tensorRt.report(profiler, LAYER_NAMES);
            }
            return true;
        }
    }

    private void run(Map<String, MemorySegment> bound) {
        inputs.stream()
                .map(ValueInfoProto::getName)
                .filter(name -> bound.get(name).get(ValueLayout.JAVA_BYTE, 0) == FakeGpu.UNINITIALIZED)
                .forEach(tensorRt.uninitialized()::add);
        if (computing != null) {
            computing.run(bound);
            return;
        }
        switch (part) {
            case "FEATURES" -> {
                MemorySegment frame = bound.get("frame");
                MemorySegment.copy(frame, 0, bound.get("y"), 0, frame.byteSize());
                setLong(bound.get("features.0"), checksum(frame));
            }
            case "FLOW" ->
                setLong(
                        bound.get("forward.0"),
                        31 * getLong(bound.get("first.features.0")) + getLong(bound.get("second.features.0")));
            case "FUSION" -> fuse(bound);
            case "MATMUL" -> {}
            default -> throw new AssertionError(part + " was not expected");
        }
    }

    private static void fuse(Map<String, MemorySegment> bound) {
        MemorySegment frame = bound.get("frame");
        MemorySegment first = bound.get("first.y").asSlice(0, frame.byteSize());
        MemorySegment second = bound.get("second.y").asSlice(0, frame.byteSize());
        if (getLong(bound.get("forward.0")) != 31 * checksum(first) + checksum(second)) {
            frame.fill((byte) 0xEE);
            return;
        }
        float time = bound.get("time").get(ValueLayout.JAVA_FLOAT_UNALIGNED, 0);
        for (long i = 0; i < frame.byteSize(); i++) {
            frame.set(
                    ValueLayout.JAVA_BYTE,
                    i,
                    mix(first.get(ValueLayout.JAVA_BYTE, i), second.get(ValueLayout.JAVA_BYTE, i), time));
        }
    }

    /** What FUSION makes of two bytes. */
    static byte mix(byte first, byte second, float time) {
        return (byte) Math.round(Byte.toUnsignedInt(first) * (1 - time) + Byte.toUnsignedInt(second) * time);
    }

    private static long checksum(MemorySegment bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes.asByteBuffer());
        return sum.getValue();
    }

    private static void setLong(MemorySegment memory, long value) {
        memory.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, value);
    }

    private static long getLong(MemorySegment memory) {
        return memory.get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
    }
}
