package dev.midframe.testkit.gpu;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/** An engine that computes what its model says, by ONNX Runtime; tensors lie as the builder was told. */
final class OnnxEngine {

    private final ModelProto model;
    private final OrtSession session;

    /** @param model its metadata names the tensors whose channels lie together */
    OnnxEngine(ModelProto model) {
        this.model = model;
        try {
            this.session = OrtEnvironment.getEnvironment().createSession(model.toByteArray());
        } catch (OrtException e) {
            throw new AssertionError(e);
        }
    }

    void run(Map<String, MemorySegment> bound) {
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            for (ValueInfoProto input : model.getGraph().getInputList()) {
                ByteBuffer planes = ByteBuffer.allocateDirect(
                                (int) bound.get(input.getName()).byteSize())
                        .order(ByteOrder.nativeOrder());
                copy(input, bound.get(input.getName()), MemorySegment.ofBuffer(planes), false);
                inputs.put(
                        input.getName(),
                        OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), planes, shape(input), type(input)));
            }
            try (OrtSession.Result outputs = session.run(inputs)) {
                for (ValueInfoProto output : model.getGraph().getOutputList()) {
                    OnnxTensor tensor =
                            (OnnxTensor) outputs.get(output.getName()).orElseThrow();
                    copy(output, MemorySegment.ofBuffer(tensor.getByteBuffer()), bound.get(output.getName()), true);
                }
            }
        } catch (OrtException e) {
            throw new AssertionError(e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    /** Between planes, as ONNX Runtime has them, and how they lie on the device. */
    private void copy(ValueInfoProto tensor, MemorySegment source, MemorySegment target, boolean toDevice) {
        boolean channelsLast = model.getMetadataPropsList().stream()
                .anyMatch(entry -> entry.getKey().equals(tensor.getName()));
        if (!channelsLast) {
            target.copyFrom(source);
            return;
        }
        long[] shape = shape(tensor);
        long channels = shape[1];
        long area = shape[2] * shape[3];
        long bytes = type(tensor) == OnnxJavaType.FLOAT16 ? Short.BYTES : Float.BYTES;
        for (long picture = 0; picture < shape[0]; picture++) {
            for (long channel = 0; channel < channels; channel++) {
                for (long position = 0; position < area; position++) {
                    long plane = ((picture * channels + channel) * area + position) * bytes;
                    long last = ((picture * area + position) * channels + channel) * bytes;
                    MemorySegment.copy(source, toDevice ? plane : last, target, toDevice ? last : plane, bytes);
                }
            }
        }
    }

    private static long[] shape(ValueInfoProto tensor) {
        return tensorType(tensor).getShape().getDimList().stream()
                .mapToLong(dimension -> dimension.getDimValue())
                .toArray();
    }

    private static OnnxJavaType type(ValueInfoProto tensor) {
        int type = tensorType(tensor).getElemType();
        if (type == TensorProto.DataType.FLOAT.getNumber()) {
            return OnnxJavaType.FLOAT;
        }
        return type == TensorProto.DataType.FLOAT16.getNumber() ? OnnxJavaType.FLOAT16 : OnnxJavaType.UINT8;
    }

    private static TypeProto.Tensor tensorType(ValueInfoProto tensor) {
        return tensor.getType().getTensorType();
    }
}
