package dev.midframe.ffi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;

/** Finds the functions of a shared library that a record names. */
public final class Functions {

    private Functions() {}

    /**
     * Finds them all.
     *
     * @param type a public record of addresses, each named as its function
     * @param symbols where they are; must live as long as the result
     * @throws UnsatisfiedLinkError naming the first function that is missing
     */
    public static <R extends Record> R find(Class<R> type, SymbolLookup symbols) {
        RecordComponent[] functions = type.getRecordComponents();
        Object[] addresses = Stream.of(functions)
                .map(function -> find(function.getName(), symbols))
                .toArray();
        Class<?>[] types = Stream.of(functions).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getConstructor(types).newInstance(addresses);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type + " is no public record of addresses", e);
        }
    }

    private static MemorySegment find(String name, SymbolLookup symbols) {
        return symbols.find(name).orElseThrow(() -> new UnsatisfiedLinkError("the library has no function " + name));
    }
}
