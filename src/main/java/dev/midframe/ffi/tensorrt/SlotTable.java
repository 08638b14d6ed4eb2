package dev.midframe.ffi.tensorrt;

import dev.midframe.ffi.tensorrt.generated.CxxObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the virtual methods of one major version of TensorRT stand: a column of {@code native/tensorrt_slots.h}. A method goes
 * by the name of its generated class, for example {@code IBuilder_createNetworkV2}.
 */
public final class SlotTable {

    /**
     * Where the method stands.
     *
     * @param behind whether the method belongs to the object behind the object (mImpl)
     * @param index in that object's vtable
     */
    record Slot(boolean behind, int index) {}

    private static final Pattern ROW =
            Pattern.compile("^SLOT\\((\\w+), (\\w+), (OWN|IMPL), (\\d+|ABSENT), (\\d+|ABSENT)\\)$", Pattern.MULTILINE);

    /** Addresses below are errors: without a driver TensorRT returns small numbers instead of null. */
    private static final long FIRST_ADDRESS = 4096;

    private final int major;
    private final Map<String, Slot> slots = new HashMap<>();

    /**
     * @param major 10 or 11
     * @throws IllegalArgumentException for every other
     */
    public SlotTable(int major) {
        if (major != 10 && major != 11) {
            throw new IllegalArgumentException("no slots are known for TensorRT " + major);
        }
        this.major = major;
        ROW.matcher(text()).results().forEach(row -> add(row, row.group(major == 10 ? 4 : 5)));
    }

    /** Whether a factory's result is an object at all. */
    public static boolean isObject(MemorySegment address) {
        return Long.compareUnsigned(address.address(), FIRST_ADDRESS) >= 0;
    }

    /**
     * A method of an object.
     *
     * @param generated the method's class
     * @param object its address
     * @param lifetime of the object: calls after its end throw
     * @throws UnsupportedOperationException where this version has no such method
     */
    public VirtualMethod method(Class<?> generated, MemorySegment object, Arena lifetime) {
        return method(generated.getSimpleName(), object, lifetime);
    }

    /** The same for a method that shares its generated class with others, for example {@code IBuilder_destroy}. */
    public VirtualMethod method(String name, MemorySegment object, Arena lifetime) {
        Slot slot = find(name);
        if (slot == null) {
            throw new UnsupportedOperationException("TensorRT " + major + " has no " + name.replace('_', '.'));
        }
        MemorySegment self = object(object, lifetime);
        if (slot.behind()) {
            self = object(CxxObject.impl(self), lifetime);
        }
        MemorySegment vtable = CxxObject.vtable(self).reinterpret((slot.index() + 1) * ValueLayout.ADDRESS.byteSize());
        return new VirtualMethod(vtable.getAtIndex(ValueLayout.ADDRESS, slot.index()), self);
    }

    /** The slot of a method, null where this version has none. */
    @Nullable
    Slot find(String name) {
        return slots.get(name);
    }

    private static MemorySegment object(MemorySegment address, Arena lifetime) {
        if (!isObject(address)) {
            throw new IllegalArgumentException("no object at address " + address.address());
        }
        return address.reinterpret(CxxObject.sizeof(), lifetime, null);
    }

    private void add(MatchResult row, String index) {
        if (!index.equals("ABSENT")) {
            slots.put(
                    row.group(1) + "_" + row.group(2), new Slot(row.group(3).equals("IMPL"), Integer.parseInt(index)));
        }
    }

    private static String text() {
        try (InputStream stream = SlotTable.class.getResourceAsStream("tensorrt_slots.h")) {
            if (stream == null) {
                throw new IllegalStateException("tensorrt_slots.h is not in the program's resources");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
