package dev.midframe.onnx;

import ai.onnxruntime.OrtSession;
import dev.midframe.film.Warping;
import dev.midframe.interpolation.InterpolationException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * {@link Warping#OPERATOR} for ONNX Runtime, whose own GridSample takes five times as long: an {@code OrtCustomOp} of
 * functions that call back into Java. It must outlive the sessions that know it.
 */
final class WarpOperator implements AutoCloseable {

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final MemoryLayout POINTER = ValueLayout.ADDRESS;
    private static final int FLOAT_TENSOR = 1;

    /** OrtCustomOp up to {@link OrtApi#VERSION}: the version, then twelve functions. What follows belongs to later ones. */
    private static final int FUNCTIONS = 12;

    private static final int DIMENSIONS = 4;

    private final OrtApi api;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment operator;
    private final MemorySegment name;
    private final MemorySegment domain;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private int place = 1;

    WarpOperator(OrtApi api) {
        this.api = api;
        this.operator = arena.allocate(ValueLayout.ADDRESS, FUNCTIONS + 1);
        this.name = arena.allocateFrom(Warping.NAME);
        operator.set(INT, 0, OrtApi.VERSION);
        add("createKernel", FunctionDescriptor.of(POINTER, POINTER, POINTER, POINTER));
        add("name", FunctionDescriptor.of(POINTER, POINTER));
        add("executionProvider", FunctionDescriptor.of(POINTER, POINTER));
        add("elementType", FunctionDescriptor.of(INT, POINTER, LONG));
        add("inputs", FunctionDescriptor.of(LONG, POINTER));
        add("elementType", FunctionDescriptor.of(INT, POINTER, LONG));
        add("outputs", FunctionDescriptor.of(LONG, POINTER));
        add("compute", FunctionDescriptor.ofVoid(POINTER, POINTER));
        add("destroyKernel", FunctionDescriptor.ofVoid(POINTER));
        add("required", FunctionDescriptor.of(INT, POINTER, LONG));
        add("required", FunctionDescriptor.of(INT, POINTER, LONG));
        this.domain = domain();
    }

    /** Makes the operator known to sessions opened with these options. */
    void register(OrtSession.SessionOptions options) {
        try {
            // The Java API keeps the handle to itself; a library file is the only other way in.
            Method handle = OrtSession.SessionOptions.class.getDeclaredMethod("getNativeHandle");
            handle.setAccessible(true);
            MemorySegment pointer = MemorySegment.ofAddress((long) handle.invoke(options));
            api.check((MemorySegment) api.addCustomOpDomain.invokeExact(pointer, domain));
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new InterpolationException("ONNX Runtime takes no operator of ours: " + e, e);
        }
    }

    /** Tells of a failure in a run before: nothing may be thrown through ONNX Runtime. */
    void check() {
        Throwable thrown = failure.getAndSet(null);
        if (thrown != null) {
            throw new InterpolationException("warping failed: " + thrown, thrown);
        }
    }

    private MemorySegment domain() {
        try {
            MemorySegment result = arena.allocate(ValueLayout.ADDRESS);
            api.check((MemorySegment) api.createCustomOpDomain.invokeExact(arena.allocateFrom(Warping.DOMAIN), result));
            MemorySegment created = result.get(ValueLayout.ADDRESS, 0);
            api.check((MemorySegment) api.customOpDomainAdd.invokeExact(created, operator));
            return created;
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private void add(String method, FunctionDescriptor descriptor) {
        MethodType type = descriptor.toMethodType();
        try {
            MethodHandle target = MethodHandles.lookup().findVirtual(WarpOperator.class, method, type);
            operator.setAtIndex(
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

    private int elementType(MemorySegment self, long index) {
        return FLOAT_TENSOR;
    }

    private long inputs(MemorySegment self) {
        return 2;
    }

    private long outputs(MemorySegment self) {
        return 1;
    }

    private int required(MemorySegment self, long index) {
        return 0;
    }

    private void destroyKernel(MemorySegment kernel) {}

    private void compute(MemorySegment kernel, MemorySegment context) {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment result = call.allocate(ValueLayout.ADDRESS);
            api.check((MemorySegment) api.kernelContextGetInput.invokeExact(context, 0L, result));
            MemorySegment picture = result.get(ValueLayout.ADDRESS, 0);
            api.check((MemorySegment) api.kernelContextGetInput.invokeExact(context, 1L, result));
            MemorySegment flow = result.get(ValueLayout.ADDRESS, 0);
            MemorySegment shape = shape(picture, call, result);
            MemorySegment flowShape = shape(flow, call, result);
            api.check((MemorySegment)
                    api.kernelContextGetOutput.invokeExact(context, 0L, shape, (long) DIMENSIONS, result));
            MemorySegment warped = result.get(ValueLayout.ADDRESS, 0);
            int batch = (int) shape.getAtIndex(LONG, 0);
            int channels = (int) shape.getAtIndex(LONG, 1);
            int height = (int) shape.getAtIndex(LONG, 2);
            int width = (int) shape.getAtIndex(LONG, 3);
            int flowHeight = (int) flowShape.getAtIndex(LONG, 2);
            int flowWidth = (int) flowShape.getAtIndex(LONG, 3);
            long bytes = (long) channels * height * width * Float.BYTES;
            long flowBytes = 2L * flowHeight * flowWidth * Float.BYTES;
            MemorySegment pictures = data(picture, result, batch * bytes);
            MemorySegment flows = data(flow, result, batch * flowBytes);
            MemorySegment targets = data(warped, result, batch * bytes);
            BilinearWarp warp = new BilinearWarp(width, height);
            FlowRows rows = new FlowRows(flowWidth, flowHeight, width / flowWidth, height / flowHeight);
            for (int image = 0; image < batch; image++) {
                warp.run(
                        pictures.asSlice(image * bytes, bytes),
                        flows.asSlice(image * flowBytes, flowBytes),
                        rows,
                        targets.asSlice(image * bytes, bytes),
                        channels);
            }
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
        }
    }

    private MemorySegment shape(MemorySegment tensor, Arena call, MemorySegment result) throws Throwable {
        api.check((MemorySegment) api.getTensorTypeAndShape.invokeExact(tensor, result));
        MemorySegment info = result.get(ValueLayout.ADDRESS, 0);
        MemorySegment shape = call.allocate(LONG, DIMENSIONS);
        try {
            api.check((MemorySegment) api.getDimensions.invokeExact(info, shape, (long) DIMENSIONS));
        } finally {
            api.releaseTensorTypeAndShapeInfo.invokeExact(info);
        }
        return shape;
    }

    private MemorySegment data(MemorySegment tensor, MemorySegment result, long bytes) throws Throwable {
        api.check((MemorySegment) api.getTensorMutableData.invokeExact(tensor, result));
        return result.get(ValueLayout.ADDRESS, 0).reinterpret(bytes);
    }

    @Override
    public void close() {
        try {
            api.releaseCustomOpDomain.invokeExact(domain);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        arena.close();
    }
}
