package dev.midframe.ffi.tensorrt;

import dev.midframe.ffi.CLibrary;
import dev.midframe.ffi.Signature;
import dev.midframe.ffi.StructType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Calls TensorRT's C++ objects of one major version through their vtables, as the interfaces of this package. */
public final class CxxObjects {

    static final List<StructType<?>> STRUCTS = List.of(Dims.TYPE, InterfaceInfo.TYPE);

    /** Addresses below are errors: without a driver TensorRT returns small numbers instead of null. */
    private static final long FIRST_ADDRESS = 4096;

    private final SlotTable table;
    private final Map<Method, Signature> signatures = new ConcurrentHashMap<>();

    /**
     * @param major of the loaded TensorRT, 10 or 11
     * @throws IllegalArgumentException for every other
     */
    public CxxObjects(int major) {
        this.table = new SlotTable(major);
    }

    /** Whether a factory's result is an object at all. */
    public static boolean isObject(MemorySegment address) {
        return Long.compareUnsigned(address.address(), FIRST_ADDRESS) >= 0;
    }

    /**
     * An object as a Java interface. A method that this major version lacks throws
     * {@link UnsupportedOperationException} when it is called.
     *
     * @param type the binding interface, named as the C++ one
     * @param address of the object, alive as long as the result is used
     */
    public <T> T at(Class<T> type, MemorySegment address) {
        if (!isObject(address)) {
            throw new IllegalArgumentException("no " + type.getSimpleName() + " at address " + address.address());
        }
        MemorySegment object = address.reinterpret(2 * ValueLayout.ADDRESS.byteSize());
        return CLibrary.proxy(type, (proxy, method, arguments) -> {
            SlotTable.Slot slot = table.get(type, method.getName());
            MemorySegment self = slot.behind() ? pointer(object, 1).reinterpret(ValueLayout.ADDRESS.byteSize()) : object;
            MemorySegment vtable = pointer(self, 0).reinterpret((slot.index() + 1) * ValueLayout.ADDRESS.byteSize());
            return signature(method).call(pointer(vtable, slot.index()), self, arguments);
        });
    }

    Signature signature(Method method) {
        return signatures.computeIfAbsent(method, m -> new Signature(m, true, STRUCTS));
    }

    /** Its methods that this major version has. */
    List<Method> methods(Class<?> type) {
        return Stream.of(type.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .filter(method -> table.find(type, method.getName()) != null)
                .toList();
    }

    SlotTable table() {
        return table;
    }

    private static MemorySegment pointer(MemorySegment memory, int index) {
        return memory.getAtIndex(ValueLayout.ADDRESS, index);
    }
}
