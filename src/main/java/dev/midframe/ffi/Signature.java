package dev.midframe.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The C form of one method of a binding interface.
 *
 * <p>{@code int}, {@code long}, {@code float} and {@code boolean} are the C types of the same size; {@link MemorySegment}
 * is a pointer; {@link String} a NUL-terminated UTF-8 text, null for a null pointer; a {@link StructType} is returned by
 * value and taken by reference.
 */
public final class Signature {

    private final Method method;
    private final List<StructType<?>> structs;
    private final FunctionDescriptor descriptor;
    private final boolean hasReceiver;
    private final boolean hasText;
    private final MethodHandle call;

    /**
     * @param method of a binding interface
     * @param hasReceiver whether the C form has {@code this} as its first argument
     * @param structs the structures that may occur
     */
    public Signature(Method method, boolean hasReceiver, List<StructType<?>> structs) {
        this.method = method;
        this.structs = structs;
        this.hasReceiver = hasReceiver;
        this.hasText = Stream.of(method.getParameterTypes()).anyMatch(this::needsCopy);
        this.descriptor = describe();
        MethodHandle handle = Linker.nativeLinker().downcallHandle(descriptor);
        this.call = handle.asSpreader(Object[].class, handle.type().parameterCount())
                .asType(MethodType.methodType(Object.class, Object[].class));
    }

    /** The Java method. */
    public Method method() {
        return method;
    }

    /** The C types, {@code this} included. */
    public FunctionDescriptor descriptor() {
        return descriptor;
    }

    /**
     * Calls a C function of this form.
     *
     * @param function its address
     * @param receiver {@code this} where the form has one, else null
     * @param arguments as the Java method has them, null for none
     */
    public @Nullable Object call(
            MemorySegment function, @Nullable MemorySegment receiver, Object @Nullable [] arguments) {
        try (Arena arena = hasText ? Arena.ofConfined() : null) {
            List<@Nullable Object> values = new ArrayList<>();
            values.add(function);
            if (struct(method.getReturnType()) != null) {
                values.add(
                        (SegmentAllocator) (size, alignment) -> Arena.ofAuto().allocate(size, alignment));
            }
            if (hasReceiver) {
                values.add(receiver);
            }
            for (int i = 0; i < method.getParameterCount(); i++) {
                Object argument = arguments == null ? null : arguments[i];
                values.add(toNative(method.getParameterTypes()[i], argument, arena));
            }
            return toJava(method.getReturnType(), call.invokeExact(values.toArray()));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the call of " + method.getName() + " failed", e);
        }
    }

    /** A native value as the Java type wants it; null for a null text. */
    @Nullable
    Object toJava(Class<?> type, @Nullable Object value) {
        StructType<?> struct = struct(type);
        if (struct != null && value instanceof MemorySegment memory) {
            return struct.readFrom(memory.reinterpret(struct.layout().byteSize()));
        }
        if (type == String.class && value instanceof MemorySegment text) {
            return text.equals(MemorySegment.NULL)
                    ? null
                    : text.reinterpret(Long.MAX_VALUE).getString(0);
        }
        return value;
    }

    /** A Java value as the native call wants it. */
    @Nullable
    Object toNative(Class<?> type, @Nullable Object value, @Nullable Arena arena) {
        if (!needsCopy(type)) {
            return value;
        }
        if (value == null || arena == null) {
            return MemorySegment.NULL;
        }
        StructType<?> struct = struct(type);
        if (struct == null) {
            return arena.allocateFrom((String) value);
        }
        MemorySegment memory = arena.allocate(struct.layout());
        struct.writeTo(value, memory);
        return memory;
    }

    private boolean needsCopy(Class<?> type) {
        return type == String.class || struct(type) != null;
    }

    private @Nullable StructType<?> struct(Class<?> type) {
        return structs.stream().filter(s -> s.type() == type).findAny().orElse(null);
    }

    private FunctionDescriptor describe() {
        List<MemoryLayout> arguments = new ArrayList<>();
        if (hasReceiver) {
            arguments.add(ValueLayout.ADDRESS);
        }
        for (Class<?> type : method.getParameterTypes()) {
            arguments.add(struct(type) == null ? layout(type) : ValueLayout.ADDRESS);
        }
        MemoryLayout[] parameters = arguments.toArray(MemoryLayout[]::new);
        Class<?> result = method.getReturnType();
        if (result == void.class) {
            return FunctionDescriptor.ofVoid(parameters);
        }
        StructType<?> struct = struct(result);
        return FunctionDescriptor.of(struct == null ? layout(result) : struct.layout(), parameters);
    }

    private MemoryLayout layout(Class<?> type) {
        if (type == int.class) {
            return ValueLayout.JAVA_INT;
        } else if (type == long.class) {
            return ValueLayout.JAVA_LONG;
        } else if (type == float.class) {
            return ValueLayout.JAVA_FLOAT;
        } else if (type == boolean.class) {
            return ValueLayout.JAVA_BOOLEAN;
        } else if (type == MemorySegment.class || type == String.class) {
            return ValueLayout.ADDRESS;
        }
        throw new IllegalArgumentException("no C type for " + type + " in " + method);
    }
}
