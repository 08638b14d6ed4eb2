package dev.midframe.element;

import dev.midframe.element.stream.Flow;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Set;
import java.util.function.ObjLongConsumer;

/** C function pointers that call Java. An exception never leaves one: it is reported and the function says "failed". */
final class Upcalls {

    private static final Set<String> RETURN_FLOW =
            Set.of("submit_input_buffer", "generate_output", "prepare_output_buffer", "transform");

    private final MethodHandles.Lookup lookup;
    private final MethodHandle report;

    /** @param report is told of every exception and of the first argument of the call, the element */
    Upcalls(MethodHandles.Lookup lookup, ObjLongConsumer<Throwable> report) {
        this.lookup = lookup;
        try {
            this.report = MethodHandles.publicLookup()
                    .findVirtual(
                            ObjLongConsumer.class,
                            "accept",
                            MethodType.methodType(void.class, Object.class, long.class))
                    .bindTo(report)
                    .asType(MethodType.methodType(void.class, Throwable.class, long.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot report exceptions", e);
        }
    }

    /** The address of a function that calls a method of the receiver; it lives as long as the process. */
    long address(Object receiver, String method, MethodType type) {
        try {
            MethodHandle target =
                    lookup.findVirtual(receiver.getClass(), method, type).bindTo(receiver);
            MethodHandle guarded =
                    MethodHandles.catchException(target, Throwable.class, failed(method, type.returnType()));
            return Linker.nativeLinker()
                    .upcallStub(guarded, NativeFunctions.descriptor(type), Arena.global())
                    .address();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot call back " + method, e);
        }
    }

    private MethodHandle failed(String method, Class<?> result) {
        if (result == void.class) {
            return report;
        }
        MethodHandle failure = RETURN_FLOW.contains(method)
                ? MethodHandles.constant(int.class, Flow.ERROR)
                : MethodHandles.zero(result);
        MethodHandle constant = MethodHandles.dropArguments(failure, 0, Throwable.class, long.class);
        return MethodHandles.foldArguments(constant, report);
    }
}
