package dev.midframe.onnx.binding;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.NativeFunctions;
import dev.midframe.film.graph.OnnxGraph.Element;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.onnx.kernels.FloatTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * The little of ONNX Runtime's C API that its Java API lacks. The table of functions is part of the library's binary
 * interface: the order never changes (onnxruntime_c_api.h).
 */
final class OrtApi {

    /** The first version of the interface that has all functions used here. */
    private static final int VERSION = 17;

    private static final int POINTER_SIZE = 8;

    private final OrtFunctions functions;

    /** The only function that the library exports. */
    interface Library {

        long OrtGetApiBase();
    }

    /** The first function of OrtApiBase. */
    interface Base {

        long GetApi(int version);
    }

    /** ONNX Runtime's library must have been loaded by its Java API before. */
    OrtApi() {
        long base;
        try {
            base = NativeFunctions.bind(Library.class, SymbolLookup.loaderLookup())
                    .OrtGetApiBase();
        } catch (UnsatisfiedLinkError e) {
            throw new InterpolationException("ONNX Runtime cannot be called: " + e.getMessage(), e);
        }
        long api = NativeFunctions.bindAt(Base.class, name -> Memory.getLong(base, 0))
                .GetApi(VERSION);
        this.functions =
                NativeFunctions.bindAt(OrtFunctions.class, name -> Memory.getLong(api, POINTER_SIZE * index(name)));
    }

    private static int index(String function) {
        return switch (function) {
            case "GetErrorMessage" -> 2;
            case "CreateCustomOpDomain" -> 26;
            case "CustomOpDomain_Add" -> 27;
            case "AddCustomOpDomain" -> 28;
            case "GetTensorMutableData" -> 51;
            case "GetDimensionsCount" -> 61;
            case "GetDimensions" -> 62;
            case "GetTensorTypeAndShape" -> 65;
            case "KernelContext_GetInput" -> 90;
            case "KernelContext_GetOutput" -> 91;
            case "ReleaseStatus" -> 93;
            case "ReleaseTensorTypeAndShapeInfo" -> 99;
            case "ReleaseCustomOpDomain" -> 101;
            case "KernelContext_ParallelFor" -> 274;
            default -> throw new IllegalArgumentException("no function " + function);
        };
    }

    /** Turns a status into an exception. */
    private void check(long status) {
        if (status != 0) {
            String message = String.valueOf(Memory.text(functions.GetErrorMessage(status)));
            functions.ReleaseStatus(status);
            throw new InterpolationException(
                    "ONNX Runtime: " + message.lines().findFirst().orElse("no reason given"));
        }
    }

    /** A new domain of operators, for {@link #releaseDomain}. */
    long customOpDomain(MemorySegment name, Arena arena) {
        long result = arena.allocate(ValueLayout.JAVA_LONG).address();
        check(functions.CreateCustomOpDomain(name.address(), result));
        return Memory.getLong(result, 0);
    }

    void addOperator(long domain, MemorySegment operator) {
        check(functions.CustomOpDomain_Add(domain, operator.address()));
    }

    void addDomain(long sessionOptions, long domain) {
        check(functions.AddCustomOpDomain(sessionOptions, domain));
    }

    void releaseDomain(long domain) {
        functions.ReleaseCustomOpDomain(domain);
    }

    /** An input of a running kernel. */
    FloatTensor input(long context, long index, Element element, Arena call) {
        long result = call.allocate(ValueLayout.JAVA_LONG).address();
        check(functions.KernelContext_GetInput(context, index, result));
        long tensor = Memory.getLong(result, 0);
        return tensor(tensor, shape(tensor, call, result), element, result);
    }

    /** An output of a running kernel, made in the given shape. */
    FloatTensor output(long context, long index, int[] shape, Element element, Arena call) {
        long sizes = call.allocateFrom(
                        ValueLayout.JAVA_LONG,
                        Arrays.stream(shape).asLongStream().toArray())
                .address();
        long result = call.allocate(ValueLayout.JAVA_LONG).address();
        check(functions.KernelContext_GetOutput(context, index, sizes, shape.length, result));
        return tensor(Memory.getLong(result, 0), shape, element, result);
    }

    /**
     * Has the threads of a running kernel's pool call a function, which gets the user data and a number from 0 on, and returns
     * when all have returned.
     */
    void parallelFor(long context, long function, int count, long userData) {
        check(functions.KernelContext_ParallelFor(context, function, count, /* batches= */ 0, userData));
    }

    private FloatTensor tensor(long tensor, int[] shape, Element element, long result) {
        check(functions.GetTensorMutableData(tensor, result));
        long count = Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
        return new FloatTensor(Memory.bytes(Memory.getLong(result, 0), count * element.bytes()), shape);
    }

    private int[] shape(long tensor, Arena call, long result) {
        check(functions.GetTensorTypeAndShape(tensor, result));
        long info = Memory.getLong(result, 0);
        try {
            check(functions.GetDimensionsCount(info, result));
            long rank = Memory.getLong(result, 0);
            MemorySegment sizes = call.allocate(ValueLayout.JAVA_LONG, rank);
            check(functions.GetDimensions(info, sizes.address(), rank));
            return Arrays.stream(sizes.toArray(ValueLayout.JAVA_LONG))
                    .mapToInt(Math::toIntExact)
                    .toArray();
        } finally {
            functions.ReleaseTensorTypeAndShapeInfo(info);
        }
    }
}
