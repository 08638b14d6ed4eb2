package dev.midframe.onnx.binding;

import dev.midframe.ffi.Upcalls;
import dev.midframe.film.graph.OnnxGraph.Element;
import dev.midframe.onnx.kernels.Computation;
import dev.midframe.onnx.kernels.FloatTensor;
import dev.midframe.onnx.lowering.CustomOp;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.Consumer;

/**
 * A custom operator as ONNX Runtime takes it: the structure {@code OrtCustomOp}, whose functions call back into Java.
 */
final class CustomOperator {

    private static final int FLOAT_TENSOR = 1;
    private static final int BYTE_TENSOR = 2;

    /** OrtCustomOp's first versions: the version, then twelve functions. What follows belongs to later ones. */
    private static final int VERSION = 12;

    private static final int FUNCTIONS = 12;

    private final OrtApi api;
    private final CustomOp kind;
    private final Computation computation;
    private final OrtParallelRows parallel;
    private final MemorySegment structure;
    private final long name;

    /**
     * @param onFailure gets what a run threw, because nothing may be thrown through ONNX Runtime
     * @param arena outlives the sessions that know the operator
     */
    CustomOperator(
            OrtApi api,
            CustomOp kind,
            Computation computation,
            OrtParallelRows parallel,
            Consumer<Throwable> onFailure,
            Arena arena) {
        this.api = api;
        this.kind = kind;
        this.computation = computation;
        this.parallel = parallel;
        this.structure = arena.allocate(ValueLayout.JAVA_LONG, FUNCTIONS + 1);
        this.name = arena.allocateFrom(kind.operatorName()).address();
        Upcalls upcalls = new Upcalls(arena, (thrown, kernel) -> onFailure.accept(thrown));
        structure.set(ValueLayout.JAVA_INT, 0, VERSION);
        List<String> functions = List.of(
                "createKernel",
                "name",
                "executionProvider",
                "inputType",
                "inputs",
                "outputType",
                "outputs",
                "compute",
                "destroyKernel",
                "required",
                "required");
        for (int function = 0; function < functions.size(); function++) {
            structure.setAtIndex(
                    ValueLayout.JAVA_LONG, function + 1, upcalls.address(this, functions.get(function), 0));
        }
    }

    /** The structure to hand to ONNX Runtime. */
    MemorySegment structure() {
        return structure;
    }

    private long createKernel(long self, long ortApi, long info) {
        return self;
    }

    private long name(long self) {
        return name;
    }

    private long executionProvider(long self) {
        return 0;
    }

    private int inputType(long self, long index) {
        return type(kind.input((int) index));
    }

    private int outputType(long self, long index) {
        return type(kind.output((int) index));
    }

    private static int type(Element element) {
        return element == Element.UINT8 ? BYTE_TENSOR : FLOAT_TENSOR;
    }

    private long inputs(long self) {
        return kind.inputs();
    }

    private long outputs(long self) {
        return kind.outputs();
    }

    private int required(long self, long index) {
        return 0;
    }

    private void destroyKernel(long kernel) {}

    private void compute(long kernel, long context) {
        try (Arena call = Arena.ofConfined()) {
            FloatTensor[] inputs = new FloatTensor[kind.inputs()];
            for (int index = 0; index < inputs.length; index++) {
                inputs[index] = api.input(context, index, kind.input(index), call);
            }
            computation.run(
                    List.of(inputs),
                    (index, shape) -> api.output(context, index, shape, kind.output(index), call),
                    parallel.of(context));
        }
    }
}
