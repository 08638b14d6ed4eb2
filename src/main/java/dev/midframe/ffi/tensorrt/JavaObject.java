package dev.midframe.ffi.tensorrt;

import dev.midframe.ffi.Signature;
import dev.midframe.ffi.Upcall;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.function.Consumer;

/** Offers a Java implementation of an interface of this package to TensorRT as a C++ object. */
public final class JavaObject {

    /** More than any interface has. */
    private static final int VTABLE_SLOTS = 96;

    private static final MethodHandle REPORT = reportHandle();

    private JavaObject() {}

    /**
     * Makes the C++ object.
     *
     * @param objects gives the slots
     * @param type the binding interface, named as the C++ one
     * @param implementation called on any thread; what it throws never reaches C++, which sees 0, false or null
     * @param arena how long the object lives
     * @param failures is told what the implementation threw, and of calls of methods that the interface lacks
     * @return its address
     */
    public static <T> MemorySegment export(
            CxxObjects objects, Class<T> type, T implementation, Arena arena, Consumer<Throwable> failures) {
        MemorySegment own = arena.allocate(ValueLayout.ADDRESS, VTABLE_SLOTS);
        MemorySegment behind = arena.allocate(ValueLayout.ADDRESS, VTABLE_SLOTS);
        fill(own, type, "own", arena, failures);
        fill(behind, type, "inner", arena, failures);
        for (Method method : objects.methods(type)) {
            SlotTable.Slot slot = objects.table().get(type, method.getName());
            Signature signature = objects.signature(method);
            MemorySegment stub = new Upcall(signature, implementation, arena, failures).stub();
            (slot.behind() ? behind : own).setAtIndex(ValueLayout.ADDRESS, slot.index(), stub);
        }
        MemorySegment inner = arena.allocate(ValueLayout.ADDRESS, 2);
        inner.setAtIndex(ValueLayout.ADDRESS, 0, behind);
        MemorySegment object = arena.allocate(ValueLayout.ADDRESS, 2);
        object.setAtIndex(ValueLayout.ADDRESS, 0, own);
        object.setAtIndex(ValueLayout.ADDRESS, 1, inner);
        return object;
    }

    private static void fill(
            MemorySegment vtable, Class<?> type, String name, Arena arena, Consumer<Throwable> failures) {
        MethodHandle report = REPORT.bindTo(failures).bindTo("a method that is not bound, in the " + name + " vtable of "
                + type.getSimpleName() + ",");
        MemorySegment stub =
                Linker.nativeLinker().upcallStub(report, FunctionDescriptor.of(ValueLayout.JAVA_LONG), arena);
        for (int slot = 0; slot < VTABLE_SLOTS; slot++) {
            vtable.setAtIndex(ValueLayout.ADDRESS, slot, stub);
        }
    }

    private static MethodHandle reportHandle() {
        try {
            return MethodHandles.lookup()
                    .findStatic(
                            JavaObject.class, "report", MethodType.methodType(long.class, Consumer.class, String.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static long report(Consumer<Throwable> failures, String call) {
        failures.accept(new UnsupportedOperationException(call + " was called"));
        return 0;
    }
}
