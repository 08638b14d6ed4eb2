package dev.midframe.ffi.tensorrt;

import dev.midframe.ffi.StructType;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;

/**
 * What an object implemented by a program says of itself.
 *
 * @param kind name of the interface, NUL-terminated, alive as long as the object
 * @param major version of the interface
 * @param minor version of the interface
 */
public record InterfaceInfo(MemorySegment kind, int major, int minor) {

    private static final StructLayout LAYOUT =
            MemoryLayout.structLayout(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);

    static final StructType<InterfaceInfo> TYPE =
            new StructType<>(InterfaceInfo.class, LAYOUT, InterfaceInfo::read, InterfaceInfo::write);

    private static InterfaceInfo read(MemorySegment memory) {
        return new InterfaceInfo(
                memory.get(ValueLayout.ADDRESS, 0),
                memory.get(ValueLayout.JAVA_INT, 8),
                memory.get(ValueLayout.JAVA_INT, 12));
    }

    private static void write(InterfaceInfo info, MemorySegment memory) {
        memory.set(ValueLayout.ADDRESS, 0, info.kind);
        memory.set(ValueLayout.JAVA_INT, 8, info.major);
        memory.set(ValueLayout.JAVA_INT, 12, info.minor);
    }
}
