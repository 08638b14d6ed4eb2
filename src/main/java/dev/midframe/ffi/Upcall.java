package dev.midframe.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A C function that calls a Java method and never lets an exception out. */
public final class Upcall {

    private static final MethodHandle RUN = runHandle();

    private final Signature signature;
    private final Object target;
    private final Arena arena;
    private final Consumer<Throwable> failures;
    private final Map<String, MemorySegment> texts = new ConcurrentHashMap<>();

    /**
     * @param signature whose first C argument is {@code this}, which the Java method is not told
     * @param target has the signature's method
     * @param arena how long the function and the texts that it returns live
     * @param failures is told what the method throws; C then sees 0, false or null
     */
    public Upcall(Signature signature, Object target, Arena arena, Consumer<Throwable> failures) {
        this.signature = signature;
        this.target = target;
        this.arena = arena;
        this.failures = failures;
    }

    /** The function's address. */
    public MemorySegment stub() {
        FunctionDescriptor descriptor = signature.descriptor();
        MethodType type = descriptor.toMethodType();
        MethodHandle handle = RUN.bindTo(this)
                .asCollector(Object[].class, type.parameterCount())
                .asType(type);
        return Linker.nativeLinker().upcallStub(handle, descriptor, arena);
    }

    private @Nullable Object run(Object[] values) {
        try {
            Class<?>[] types = signature.method().getParameterTypes();
            Object[] arguments = new Object[types.length];
            for (int i = 0; i < types.length; i++) {
                arguments[i] = signature.toJava(types[i], values[i + 1]);
            }
            return toNative(signature.method().invoke(target, arguments));
        } catch (InvocationTargetException e) {
            return failed(e.getCause());
        } catch (Throwable e) {
            return failed(e);
        }
    }

    private @Nullable Object failed(Throwable failure) {
        try {
            failures.accept(failure);
        } catch (Throwable e) {
            // Nothing may leave an upcall: it would end the process.
        }
        return nothing();
    }

    private @Nullable Object toNative(@Nullable Object result) {
        Class<?> type = signature.method().getReturnType();
        if (type == String.class && result instanceof String text) {
            return texts.computeIfAbsent(text, arena::allocateFrom);
        }
        if (result == null) {
            return nothing();
        }
        return signature.toNative(type, result, Arena.ofAuto());
    }

    private @Nullable Object nothing() {
        FunctionDescriptor descriptor = signature.descriptor();
        if (descriptor.returnLayout().isPresent() && descriptor.returnLayout().get() instanceof StructLayout layout) {
            return Arena.ofAuto().allocate(layout);
        }
        Class<?> type = descriptor.toMethodType().returnType();
        if (type == MemorySegment.class) {
            return MemorySegment.NULL;
        }
        return type == void.class ? null : Array.get(Array.newInstance(type, 1), 0);
    }

    private static MethodHandle runHandle() {
        try {
            return MethodHandles.lookup()
                    .findVirtual(Upcall.class, "run", MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
