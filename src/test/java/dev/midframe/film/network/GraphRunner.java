package dev.midframe.film.network;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.midframe.film.graph.OnnxGraph;
import dev.midframe.film.graph.OnnxGraph.Element;
import dev.midframe.film.graph.OnnxGraph.Port;
import dev.midframe.film.weights.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/** Runs a graph once in ONNX Runtime, plainly: tensors in and out by name, as bytes. */
final class GraphRunner {

    private GraphRunner() {}

    static Map<String, ByteBuffer> run(OnnxGraph graph, Map<String, ByteBuffer> inputs) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> tensors = new HashMap<>();
        try (OrtSession session = environment.createSession(graph.model())) {
            for (Port port : graph.inputs()) {
                ByteBuffer data = inputs.get(port.name());
                ByteBuffer direct = ByteBuffer.allocateDirect(data.remaining()).order(ByteOrder.nativeOrder());
                direct.put(data.duplicate()).flip();
                tensors.put(
                        port.name(), OnnxTensor.createTensor(environment, direct, shape(port), type(port.element())));
            }
            try (OrtSession.Result result = session.run(tensors)) {
                Map<String, ByteBuffer> outputs = new HashMap<>();
                for (Port port : graph.outputs()) {
                    OnnxTensor tensor = (OnnxTensor) result.get(port.name()).orElseThrow();
                    ByteBuffer data = tensor.getByteBuffer();
                    outputs.put(
                            port.name(),
                            ByteBuffer.allocate(data.remaining())
                                    .order(ByteOrder.nativeOrder())
                                    .put(data)
                                    .flip());
                }
                return outputs;
            }
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    static ByteBuffer bytes(Tensor tensor) {
        return tensor.data().asByteBuffer();
    }

    static ByteBuffer bytes(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
        bytes.asFloatBuffer().put(values);
        return bytes;
    }

    static float[] floats(ByteBuffer bytes) {
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.order(ByteOrder.nativeOrder()).asFloatBuffer().get(values);
        return values;
    }

    private static long[] shape(Port port) {
        return port.shape().stream().mapToLong(Integer::longValue).toArray();
    }

    private static OnnxJavaType type(Element element) {
        return switch (element) {
            case UINT8 -> OnnxJavaType.UINT8;
            case FLOAT16 -> OnnxJavaType.FLOAT16;
            case FLOAT -> OnnxJavaType.FLOAT;
        };
    }
}
