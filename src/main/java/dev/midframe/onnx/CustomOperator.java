package dev.midframe.onnx;

import dev.midframe.film.graph.OnnxGraph.Element;
import dev.midframe.onnx.kernels.Computation;
import dev.midframe.onnx.kernels.FloatTensor;
import dev.midframe.onnx.lowering.CustomOp;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.function.Consumer;

/**
 * A custom operator as ONNX Runtime takes it: the structure {@code OrtCustomOp}, whose functions call back into Java.
 */
final class CustomOperator {

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final MemoryLayout POINTER = ValueLayout.ADDRESS;
    private static final int FLOAT_TENSOR = 1;
    private static final int BYTE_TENSOR = 2;

    /** OrtCustomOp up to {@link OrtApi#VERSION}: the version, then twelve functions. What follows belongs to later ones. */
    private static final int FUNCTIONS = 12;

    private final OrtApi api;
    private final CustomOp kind;
    private final Computation computation;
    private final Consumer<Throwable> onFailure;
    private final Arena arena;
    private final MemorySegment structure;
    private final MemorySegment name;
    private int place = 1;

    /**
     * @param onFailure told what a run threw, because nothing may be thrown through ONNX Runtime
     * @param arena outlives the sessions that know the operator
     */
    CustomOperator(OrtApi api, CustomOp kind, Computation computation, Consumer<Throwable> onFailure, Arena arena) {
        this.api = api;
        this.kind = kind;
        this.computation = computation;
        this.onFailure = onFailure;
        this.arena = arena;
        this.structure = arena.allocate(ValueLayout.ADDRESS, FUNCTIONS + 1);
        this.name = arena.allocateFrom(kind.operatorName());
        structure.set(INT, 0, OrtApi.VERSION);
        add("createKernel", FunctionDescriptor.of(POINTER, POINTER, POINTER, POINTER));
        add("name", FunctionDescriptor.of(POINTER, POINTER));
        add("executionProvider", FunctionDescriptor.of(POINTER, POINTER));
        add("inputType", FunctionDescriptor.of(INT, POINTER, LONG));
        add("inputs", FunctionDescriptor.of(LONG, POINTER));
        add("outputType", FunctionDescriptor.of(INT, POINTER, LONG));
        add("outputs", FunctionDescriptor.of(LONG, POINTER));
        add("compute", FunctionDescriptor.ofVoid(POINTER, POINTER));
        add("destroyKernel", FunctionDescriptor.ofVoid(POINTER));
        add("required", FunctionDescriptor.of(INT, POINTER, LONG));
        add("required", FunctionDescriptor.of(INT, POINTER, LONG));
    }

    /** The structure to hand to ONNX Runtime. */
    MemorySegment structure() {
        return structure;
    }

    private void add(String method, FunctionDescriptor descriptor) {
        MethodType type = descriptor.toMethodType();
        try {
            MethodHandle target = MethodHandles.lookup().findVirtual(CustomOperator.class, method, type);
            structure.setAtIndex(
                    ValueLayout.ADDRESS,
                    place++,
                    Linker.nativeLinker().upcallStub(target.bindTo(this), descriptor, arena));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private MemorySegment createKernel(MemorySegment self, MemorySegment ortApi, MemorySegment info) {
        return self;
    }

    private MemorySegment name(MemorySegment self) {
        return name;
    }

    private MemorySegment executionProvider(MemorySegment self) {
        return MemorySegment.NULL;
    }

    private int inputType(MemorySegment self, long index) {
        return type(kind.input((int) index));
    }

    private int outputType(MemorySegment self, long index) {
        return type(kind.output((int) index));
    }

    private static int type(Element element) {
        return element == Element.UINT8 ? BYTE_TENSOR : FLOAT_TENSOR;
    }

    private long inputs(MemorySegment self) {
        return kind.inputs();
    }

    private long outputs(MemorySegment self) {
        return kind.outputs();
    }

    private int required(MemorySegment self, long index) {
        return 0;
    }

    private void destroyKernel(MemorySegment kernel) {}

    private void compute(MemorySegment kernel, MemorySegment context) {
        try (Arena call = Arena.ofConfined()) {
            FloatTensor[] inputs = new FloatTensor[kind.inputs()];
            for (int index = 0; index < inputs.length; index++) {
                inputs[index] = api.input(context, index, kind.input(index), call);
            }
            computation.run(
                    List.of(inputs), (index, shape) -> api.output(context, index, shape, kind.output(index), call));
        } catch (Throwable e) {
            onFailure.accept(e);
        }
    }
}
