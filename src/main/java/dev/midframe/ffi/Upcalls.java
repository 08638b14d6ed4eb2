package dev.midframe.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.function.ObjLongConsumer;

/**
 * C function pointers that call Java. An exception never leaves one, because that would end the process: it is reported, and
 * the function returns what its caller takes for a failure.
 *
 * <p>Types are those of {@link NativeFunctions}; the first argument is a pointer. A native thread that calls in is attached to
 * the JVM until it ends.
 */
public final class Upcalls {

    private static final MethodHandle REPORT = reportHandle();

    private final Arena arena;
    private final MethodHandle report;

    /**
     * @param arena how long the functions live; C must not call them afterwards
     * @param report gets every exception and the first argument of the call
     */
    public Upcalls(Arena arena, ObjLongConsumer<Throwable> report) {
        this.arena = arena;
        this.report = REPORT.bindTo(report);
    }

    /**
     * The address of a function that calls a method of the receiver.
     *
     * @param method of the receiver's class, of any visibility
     * @param failure what is returned after an exception, where anything is
     */
    public long address(Object receiver, Method method, long failure) {
        try {
            MethodHandle target = MethodHandles.privateLookupIn(method.getDeclaringClass(), MethodHandles.lookup())
                    .unreflect(method)
                    .bindTo(receiver);
            MethodHandle guarded =
                    MethodHandles.catchException(target, Throwable.class, failed(method.getReturnType(), failure));
            return Linker.nativeLinker()
                    .upcallStub(guarded, NativeFunctions.descriptor(NativeFunctions.type(method)), arena)
                    .address();
        } catch (IllegalAccessException e) {
            throw new LinkageError("cannot call back " + method, e);
        }
    }

    /** The same for the only method of this name. */
    public long address(Object receiver, String method, long failure) {
        for (Method candidate : receiver.getClass().getDeclaredMethods()) {
            if (candidate.getName().equals(method)) {
                return address(receiver, candidate, failure);
            }
        }
        throw new IllegalArgumentException(receiver.getClass() + " has no method " + method);
    }

    private MethodHandle failed(Class<?> result, long failure) {
        if (result == void.class) {
            return report;
        }
        MethodHandle value = MethodHandles.explicitCastArguments(
                MethodHandles.constant(long.class, failure), MethodType.methodType(result));
        return MethodHandles.foldArguments(MethodHandles.dropArguments(value, 0, Throwable.class, long.class), report);
    }

    private static void report(ObjLongConsumer<Throwable> listener, Throwable thrown, long first) {
        try {
            listener.accept(thrown, first);
        } catch (Throwable e) {
            // Who should have heard of a failure fails too: there is nobody left to report to.
        }
    }

    private static MethodHandle reportHandle() {
        try {
            return MethodHandles.lookup()
                    .findStatic(
                            Upcalls.class,
                            "report",
                            MethodType.methodType(void.class, ObjLongConsumer.class, Throwable.class, long.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
