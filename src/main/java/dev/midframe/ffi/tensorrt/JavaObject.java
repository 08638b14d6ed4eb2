package dev.midframe.ffi.tensorrt;

import dev.midframe.ffi.Callback;
import dev.midframe.ffi.tensorrt.generated.CxxObject;
import dev.midframe.ffi.tensorrt.generated.CxxObject_unimplemented;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A C++ object for TensorRT to call whose virtual methods are Java code: vtables filled with upcall stubs. */
public final class JavaObject {

    /** More than any interface has. */
    private static final int VTABLE_SLOTS = 96;

    private final SlotTable slots;
    private final MemorySegment own;
    private final MemorySegment behind;
    private final MemorySegment address;

    /**
     * An object without methods.
     *
     * @param slots where methods stand
     * @param type of the object, for messages
     * @param callback gets calls of methods that are not implemented; such a call gives 0
     * @param arena how long the object lives
     */
    public JavaObject(SlotTable slots, String type, Callback callback, Arena arena) {
        this.slots = slots;
        MemorySegment unimplemented = CxxObject_unimplemented.allocate(
                self -> callback.get(0L, () -> {
                    throw new UnsupportedOperationException(
                            "a method of " + type + " that is not implemented was called");
                }),
                arena);
        this.own = vtable(unimplemented, arena);
        this.behind = vtable(unimplemented, arena);
        MemorySegment inner = CxxObject.allocate(arena);
        CxxObject.vtable(inner, behind);
        this.address = CxxObject.allocate(arena);
        CxxObject.vtable(address, own);
        CxxObject.impl(address, inner);
    }

    /**
     * Implements a method, where this version of TensorRT has it.
     *
     * @param method its generated class
     * @param stub allocated by that class; lives as long as the object and lets no exception out
     * @return this
     */
    public JavaObject with(Class<?> method, MemorySegment stub) {
        return with(method.getSimpleName(), stub);
    }

    /** The same for a method that shares its generated class with others, for example {@code IBuilder_destroy}. */
    public JavaObject with(String method, MemorySegment stub) {
        SlotTable.Slot slot = slots.find(method);
        if (slot != null) {
            (slot.behind() ? behind : own).setAtIndex(ValueLayout.ADDRESS, slot.index(), stub);
        }
        return this;
    }

    /** As TensorRT wants it. */
    public MemorySegment address() {
        return address;
    }

    private static MemorySegment vtable(MemorySegment everySlot, Arena arena) {
        MemorySegment vtable = arena.allocate(ValueLayout.ADDRESS, VTABLE_SLOTS);
        for (int slot = 0; slot < VTABLE_SLOTS; slot++) {
            vtable.setAtIndex(ValueLayout.ADDRESS, slot, everySlot);
        }
        return vtable;
    }
}
