package dev.midframe.onnx;

import dev.midframe.film.graph.OnnxGraph.Element;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.onnx.kernels.FloatTensor;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * The few functions of ONNX Runtime's C API that its Java API lacks. The table of functions is part of the library's binary
 * interface: places never change (onnxruntime_c_api.h, version 1 of OrtApi).
 */
final class OrtApi {

    /** The newest version of the interface whose parts are used here. */
    static final int VERSION = 12;

    private static final int GET_ERROR_MESSAGE = 2;
    private static final int CREATE_CUSTOM_OP_DOMAIN = 26;
    private static final int CUSTOM_OP_DOMAIN_ADD = 27;
    private static final int ADD_CUSTOM_OP_DOMAIN = 28;
    private static final int GET_TENSOR_MUTABLE_DATA = 51;
    private static final int GET_DIMENSIONS_COUNT = 61;
    private static final int GET_DIMENSIONS = 62;
    private static final int GET_TENSOR_TYPE_AND_SHAPE = 65;
    private static final int KERNEL_CONTEXT_GET_INPUT = 90;
    private static final int KERNEL_CONTEXT_GET_OUTPUT = 91;
    private static final int RELEASE_STATUS = 93;
    private static final int RELEASE_TENSOR_TYPE_AND_SHAPE_INFO = 99;
    private static final int RELEASE_CUSTOM_OP_DOMAIN = 101;
    private static final int FUNCTIONS = 102;

    private static final AddressLayout POINTER = ValueLayout.ADDRESS;
    private static final ValueLayout.OfLong SIZE = ValueLayout.JAVA_LONG;

    private final Linker linker = Linker.nativeLinker();
    private final MemorySegment table;
    private final MethodHandle getErrorMessage;
    private final MethodHandle releaseStatus;

    /** Functions that give null for success, or a status to be released. */
    private final MethodHandle createCustomOpDomain;

    private final MethodHandle customOpDomainAdd;
    private final MethodHandle addCustomOpDomain;
    private final MethodHandle getTensorMutableData;
    private final MethodHandle getDimensionsCount;
    private final MethodHandle getDimensions;
    private final MethodHandle getTensorTypeAndShape;
    private final MethodHandle kernelContextGetInput;
    private final MethodHandle kernelContextGetOutput;

    /** Functions that give nothing. */
    private final MethodHandle releaseTensorTypeAndShapeInfo;

    private final MethodHandle releaseCustomOpDomain;

    /** ONNX Runtime's library must have been loaded by its Java API before. */
    OrtApi() {
        MemorySegment base = SymbolLookup.loaderLookup()
                .find("OrtGetApiBase")
                .map(function -> call(function, FunctionDescriptor.of(POINTER)))
                .orElseThrow(() -> new InterpolationException("ONNX Runtime's library has no OrtGetApiBase"));
        MemorySegment getApi = base.reinterpret(POINTER.byteSize()).get(POINTER, 0);
        MemorySegment api = call(getApi, FunctionDescriptor.of(POINTER, ValueLayout.JAVA_INT), VERSION);
        this.table = api.reinterpret(FUNCTIONS * POINTER.byteSize());
        this.getErrorMessage = function(GET_ERROR_MESSAGE, FunctionDescriptor.of(POINTER, POINTER));
        this.releaseStatus = function(RELEASE_STATUS, FunctionDescriptor.ofVoid(POINTER));
        this.createCustomOpDomain = checked(CREATE_CUSTOM_OP_DOMAIN, POINTER, POINTER);
        this.customOpDomainAdd = checked(CUSTOM_OP_DOMAIN_ADD, POINTER, POINTER);
        this.addCustomOpDomain = checked(ADD_CUSTOM_OP_DOMAIN, POINTER, POINTER);
        this.getTensorMutableData = checked(GET_TENSOR_MUTABLE_DATA, POINTER, POINTER);
        this.getDimensionsCount = checked(GET_DIMENSIONS_COUNT, POINTER, POINTER);
        this.getDimensions = checked(GET_DIMENSIONS, POINTER, POINTER, SIZE);
        this.getTensorTypeAndShape = checked(GET_TENSOR_TYPE_AND_SHAPE, POINTER, POINTER);
        this.kernelContextGetInput = checked(KERNEL_CONTEXT_GET_INPUT, POINTER, SIZE, POINTER);
        this.kernelContextGetOutput = checked(KERNEL_CONTEXT_GET_OUTPUT, POINTER, SIZE, POINTER, SIZE, POINTER);
        this.releaseTensorTypeAndShapeInfo =
                function(RELEASE_TENSOR_TYPE_AND_SHAPE_INFO, FunctionDescriptor.ofVoid(POINTER));
        this.releaseCustomOpDomain = function(RELEASE_CUSTOM_OP_DOMAIN, FunctionDescriptor.ofVoid(POINTER));
    }

    /** Turns a status into an exception. */
    private void check(MemorySegment status) {
        if (status.equals(MemorySegment.NULL)) {
            return;
        }
        try {
            MemorySegment text = (MemorySegment) getErrorMessage.invokeExact(status);
            String message = text.reinterpret(Long.MAX_VALUE).getString(0);
            releaseStatus.invokeExact(status);
            throw new InterpolationException(
                    "ONNX Runtime: " + message.lines().findFirst().orElse("no reason given"));
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    /** A new domain of operators, for {@link #releaseDomain}. */
    MemorySegment customOpDomain(MemorySegment name, Arena arena) {
        MemorySegment result = arena.allocate(POINTER);
        check(createCustomOpDomain, name, result);
        return result.get(POINTER, 0);
    }

    void addOperator(MemorySegment domain, MemorySegment operator) {
        check(customOpDomainAdd, domain, operator);
    }

    void addDomain(MemorySegment sessionOptions, MemorySegment domain) {
        check(addCustomOpDomain, sessionOptions, domain);
    }

    void releaseDomain(MemorySegment domain) {
        call(releaseCustomOpDomain, domain);
    }

    /** An input of a running kernel. */
    FloatTensor input(MemorySegment context, long index, Element element, Arena call) {
        MemorySegment result = call.allocate(POINTER);
        try {
            check((MemorySegment) kernelContextGetInput.invokeExact(context, index, result));
            MemorySegment tensor = result.get(POINTER, 0);
            return tensor(tensor, shape(tensor, call, result), element, result);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    /** An output of a running kernel, made in the given shape. */
    FloatTensor output(MemorySegment context, long index, int[] shape, Element element, Arena call) {
        MemorySegment sizes =
                call.allocateFrom(SIZE, Arrays.stream(shape).asLongStream().toArray());
        MemorySegment result = call.allocate(POINTER);
        try {
            check((MemorySegment)
                    kernelContextGetOutput.invokeExact(context, index, sizes, (long) shape.length, result));
            return tensor(result.get(POINTER, 0), shape, element, result);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    private FloatTensor tensor(MemorySegment tensor, int[] shape, Element element, MemorySegment result)
            throws Throwable {
        check((MemorySegment) getTensorMutableData.invokeExact(tensor, result));
        long count = Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
        return new FloatTensor(result.get(POINTER, 0).reinterpret(count * element.bytes()), shape);
    }

    private int[] shape(MemorySegment tensor, Arena call, MemorySegment result) throws Throwable {
        check((MemorySegment) getTensorTypeAndShape.invokeExact(tensor, result));
        MemorySegment info = result.get(POINTER, 0);
        try {
            check((MemorySegment) getDimensionsCount.invokeExact(info, result));
            long rank = result.get(SIZE, 0);
            MemorySegment sizes = call.allocate(SIZE, rank);
            check((MemorySegment) getDimensions.invokeExact(info, sizes, rank));
            return Arrays.stream(sizes.toArray(SIZE)).mapToInt(Math::toIntExact).toArray();
        } finally {
            releaseTensorTypeAndShapeInfo.invokeExact(info);
        }
    }

    private void check(MethodHandle function, MemorySegment first, MemorySegment second) {
        try {
            check((MemorySegment) function.invokeExact(first, second));
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    private static void call(MethodHandle function, MemorySegment argument) {
        try {
            function.invokeExact(argument);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    private static RuntimeException unchecked(Throwable thrown) {
        return thrown instanceof RuntimeException exception ? exception : new IllegalStateException(thrown);
    }

    private MethodHandle checked(int place, MemoryLayout... parameters) {
        return function(place, FunctionDescriptor.of(POINTER, parameters));
    }

    private MethodHandle function(int place, FunctionDescriptor descriptor) {
        return linker.downcallHandle(table.getAtIndex(POINTER, place), descriptor);
    }

    private MemorySegment call(MemorySegment function, FunctionDescriptor descriptor, Object... arguments) {
        try {
            return (MemorySegment) linker.downcallHandle(function, descriptor).invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }
}
