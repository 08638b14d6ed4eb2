package dev.midframe.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;

/** C functions in Java, made of the classes that jextract has generated. */
public final class GeneratedStub {

    private GeneratedStub() {}

    /**
     * The address of a function.
     *
     * @param function the {@code Function} of a generated class
     * @param implementation what it does
     * @param failures gets what that throws; C then sees 0 or false, or a null pointer
     */
    public static <F> MemorySegment of(Class<F> function, F implementation, List<Throwable> failures, Arena arena) {
        return handledBy(
                function, (proxy, method, arguments) -> method.invoke(implementation, arguments), failures, arena);
    }

    /** The same for a function that receives every call by name and arguments. */
    public static <F> MemorySegment handledBy(
            Class<F> function, InvocationHandler implementation, List<Throwable> failures, Arena arena) {
        InvocationHandler guarded = (proxy, method, arguments) -> {
            try {
                return implementation.invoke(proxy, method, arguments);
            } catch (InvocationTargetException e) {
                failures.add(e.getCause());
            } catch (Throwable e) {
                failures.add(e);
            }
            return nothing(method.getReturnType());
        };
        Object java = Proxy.newProxyInstance(function.getClassLoader(), new Class<?>[] {function}, guarded);
        try {
            return (MemorySegment) function.getEnclosingClass()
                    .getMethod("allocate", function, Arena.class)
                    .invoke(null, java, arena);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(function + " is not the function of a generated class", e);
        }
    }

    private static Object nothing(Class<?> type) {
        if (type == MemorySegment.class) {
            return MemorySegment.NULL;
        } else if (type == boolean.class) {
            return false;
        }
        return type == long.class ? (Object) 0L : 0;
    }
}
