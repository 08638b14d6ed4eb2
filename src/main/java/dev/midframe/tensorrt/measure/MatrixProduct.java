package dev.midframe.tensorrt.measure;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.midframe.tensorrt.TensorRt;
import dev.midframe.tensorrt.build.EngineBuilder;
import dev.midframe.tensorrt.build.NetworkSource;
import dev.midframe.tensorrt.cuda.CudaContext;
import dev.midframe.tensorrt.run.Engine;
import dev.midframe.tensorrt.run.ExecutionContext;
import dev.midframe.tensorrt.run.GpuWork;
import dev.midframe.tensorrt.run.Runtime;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The yardstick of {@link GpuMeter}: a square half-precision matrix product, the fastest thing a GPU does. */
final class MatrixProduct {

    private static final int SIDE = 8192;
    private static final int RUNS = 20;

    private MatrixProduct() {}

    /** How many multiplications and additions a second, in 10^12. */
    static double tflops(TensorRt tensorRt, CudaContext cuda, EngineBuilder builder) {
        try (Runtime runtime = tensorRt.createRuntime();
                Engine engine = engine(runtime, cuda, builder);
                ExecutionContext context = engine.createContext()) {
            MemorySegment stream = cuda.stream();
            context.scratch(cuda.allocate(engine.scratchBytes()), engine.scratchBytes());
            Map<String, Long> tensors = new HashMap<>();
            engine.tensors().forEach(tensor -> tensors.put(tensor.name(), cuda.allocate(tensor.bytes())));
            int beforeGraph = cuda.mark();
            try {
                double millis = millis(cuda, new GpuWork(cuda, List.of(context.run(tensors)), stream), stream);
                return 2.0 * SIDE * SIDE * SIDE * RUNS / millis / 1e9;
            } finally {
                cuda.freeBackTo(beforeGraph);
            }
        }
    }

    private static double millis(CudaContext cuda, GpuWork work, MemorySegment stream) {
        MemorySegment start = cuda.timedEvent();
        MemorySegment end = cuda.timedEvent();
        cuda.record(start, stream);
        for (int run = 0; run < RUNS; run++) {
            work.start(stream);
        }
        cuda.record(end, stream);
        cuda.await(end);
        return cuda.elapsedMillis(start, end);
    }

    private static Engine engine(Runtime runtime, CudaContext cuda, EngineBuilder builder) {
        String what = "matrix product";
        try {
            return builder.engine(runtime, new NetworkSource(model(), what), cuda.gpu(), 0, 1);
        } finally {
            builder.finish(what);
        }
    }

    static byte[] model() {
        GraphProto graph = GraphProto.newBuilder()
                .setName("MATMUL")
                .addInput(matrix("a"))
                .addInput(matrix("b"))
                .addOutput(matrix("product"))
                .addNode(NodeProto.newBuilder()
                        .setName("product")
                        .setOpType("MatMul")
                        .addInput("a")
                        .addInput("b")
                        .addOutput("product"))
                .build();
        return ModelProto.newBuilder()
                .setIrVersion(9)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(20))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static ValueInfoProto matrix(String name) {
        TensorShapeProto.Dimension side =
                TensorShapeProto.Dimension.newBuilder().setDimValue(SIDE).build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT16.getNumber())
                                .setShape(TensorShapeProto.newBuilder()
                                        .addDim(side)
                                        .addDim(side))))
                .build();
    }
}
