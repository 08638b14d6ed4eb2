package dev.midframe.tensorrt;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.midframe.ffi.tensorrt.Dims;
import dev.midframe.ffi.tensorrt.ICudaEngine;
import dev.midframe.ffi.tensorrt.IExecutionContext;
import dev.midframe.tensorrt.run.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Stands for one of FILM's engines: the same tensors, a simpler picture. FEATURES keeps the frame's bytes in {@code y} and a
 * checksum in {@code features.0}; FLOW joins both checksums in {@code forward.0}; FUSION mixes the two frames' bytes by time,
 * and gives bytes of 0xEE instead where the flow does not belong to its frames.
 */
final class FakeEngine implements ICudaEngine {

    private final FakeTensorRt tensorRt;
    private final String part;
    private final List<ValueInfoProto> inputs;
    private final List<ValueInfoProto> tensors = new ArrayList<>();

    FakeEngine(FakeTensorRt tensorRt, GraphProto graph) {
        this.tensorRt = tensorRt;
        this.part = graph.getName();
        this.inputs = graph.getInputList();
        this.tensors.addAll(inputs);
        this.tensors.addAll(graph.getOutputList());
    }

    MemorySegment export() {
        return tensorRt.export(ICudaEngine.class, this);
    }

    @Override
    public int getNbIOTensors() {
        return tensors.size();
    }

    @Override
    public String getIOTensorName(int index) {
        return tensors.get(index).getName();
    }

    @Override
    public Dims getTensorShape(String name) {
        return new Dims(type(name).getShape().getDimList().stream()
                .map(TensorShapeProto.Dimension::getDimValue)
                .toList());
    }

    @Override
    public int getTensorDataType(String name) {
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

    @Override
    public int getTensorIOMode(String name) {
        return inputs.stream().anyMatch(input -> input.getName().equals(name)) ? 1 : 2;
    }

    @Override
    public int getNbLayers() {
        return 1;
    }

    @Override
    public long getDeviceMemorySizeV2() {
        return 1000;
    }

    @Override
    public MemorySegment createExecutionContext(int allocation) {
        return tensorRt.export(IExecutionContext.class, new Context());
    }

    @Override
    public void destroy() {
        tensorRt.destroy(ICudaEngine.class);
    }

    private TypeProto.Tensor type(String name) {
        return tensors.stream()
                .filter(tensor -> tensor.getName().equals(name))
                .findAny()
                .orElseThrow()
                .getType()
                .getTensorType();
    }

    private long bytes(String name) {
        return getTensorShape(name).volume()
                * DataType.of(getTensorDataType(name)).bytes();
    }

    private final class Context implements IExecutionContext {

        private final Map<String, MemorySegment> places = new HashMap<>();
        private boolean hasScratch;

        @Override
        public void setDeviceMemoryV2(MemorySegment memory, long bytes) {
            hasScratch = bytes >= getDeviceMemorySizeV2();
        }

        @Override
        public boolean setTensorAddress(String name, MemorySegment memory) {
            places.put(name, FakeGpu.at(memory.address(), bytes(name)));
            return true;
        }

        @Override
        public boolean enqueueV3(MemorySegment stream) {
            if (!hasScratch || places.size() != tensors.size() || tensorRt.engineFails(stream)) {
                return false;
            }
            Map<String, MemorySegment> bound = Map.copyOf(places);
            tensorRt.gpu().start(stream, () -> run(bound));
            return true;
        }

        @Override
        public void destroy() {
            tensorRt.destroy(IExecutionContext.class);
        }
    }

    private void run(Map<String, MemorySegment> bound) {
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
