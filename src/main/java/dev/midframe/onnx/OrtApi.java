package dev.midframe.onnx;

import dev.midframe.interpolation.InterpolationException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

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
    final MethodHandle createCustomOpDomain;

    final MethodHandle customOpDomainAdd;
    final MethodHandle addCustomOpDomain;
    final MethodHandle getTensorMutableData;
    final MethodHandle getDimensions;
    final MethodHandle getTensorTypeAndShape;
    final MethodHandle kernelContextGetInput;
    final MethodHandle kernelContextGetOutput;

    /** Functions that give nothing. */
    final MethodHandle releaseTensorTypeAndShapeInfo;

    final MethodHandle releaseCustomOpDomain;

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
        this.getDimensions = checked(GET_DIMENSIONS, POINTER, POINTER, SIZE);
        this.getTensorTypeAndShape = checked(GET_TENSOR_TYPE_AND_SHAPE, POINTER, POINTER);
        this.kernelContextGetInput = checked(KERNEL_CONTEXT_GET_INPUT, POINTER, SIZE, POINTER);
        this.kernelContextGetOutput = checked(KERNEL_CONTEXT_GET_OUTPUT, POINTER, SIZE, POINTER, SIZE, POINTER);
        this.releaseTensorTypeAndShapeInfo =
                function(RELEASE_TENSOR_TYPE_AND_SHAPE_INFO, FunctionDescriptor.ofVoid(POINTER));
        this.releaseCustomOpDomain = function(RELEASE_CUSTOM_OP_DOMAIN, FunctionDescriptor.ofVoid(POINTER));
    }

    /** Turns a status into an exception. */
    void check(MemorySegment status) {
        if (status.equals(MemorySegment.NULL)) {
            return;
        }
        try {
            MemorySegment text = (MemorySegment) getErrorMessage.invokeExact(status);
            String message = text.reinterpret(Long.MAX_VALUE).getString(0);
            releaseStatus.invokeExact(status);
            throw new InterpolationException(
                    "ONNX Runtime: " + message.lines().findFirst().orElse("no reason given"));
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
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
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
