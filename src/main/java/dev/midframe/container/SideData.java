package dev.midframe.container;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.av.AvField;
import dev.midframe.ffi.av.Libav;
import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * What belongs to a whole stream beside its codec's parameters, such as how its pictures are turned.
 *
 * @param stream an AVStream, which is lent
 */
record SideData(Libav libav, long stream) {

    static final int DISPLAY_MATRIX = 5;
    static final int MASTERING_DISPLAY = 20;
    static final int LIGHT_LEVEL = 22;

    private static final int STEREO_3D = 6;
    private static final int SPHERICAL = 21;
    private static final int ICC_PROFILE = 28;
    private static final int IN_PARAMETERS = 61;

    /** What is true of the pictures however they are encoded. */
    static final Set<Integer> OF_PICTURES =
            Set.of(DISPLAY_MATRIX, MASTERING_DISPLAY, LIGHT_LEVEL, STEREO_3D, SPHERICAL, ICC_PROFILE);

    static SideData of(Libav libav, long stream) {
        return new SideData(libav, stream);
    }

    boolean has(int type) {
        long list = list();
        for (int i = 0; i < count(); i++) {
            if (libav.getInt(entry(list, i), AvField.SIDE_DATA_TYPE) == type) {
                return true;
            }
        }
        return false;
    }

    /** How the display matrix turns pictures; upright where there is none. */
    Orientation orientation() {
        long list = list();
        for (int i = 0; i < count(); i++) {
            long entry = entry(list, i);
            if (libav.getInt(entry, AvField.SIDE_DATA_TYPE) == DISPLAY_MATRIX) {
                long matrix = libav.getLong(entry, AvField.SIDE_DATA_BYTES);
                return Orientation.of(
                        Memory.getInt(matrix, 0),
                        Memory.getInt(matrix, Integer.BYTES),
                        Memory.getInt(matrix, 3 * Integer.BYTES),
                        Memory.getInt(matrix, 4 * Integer.BYTES));
            }
        }
        return Orientation.UPRIGHT;
    }

    /** Copies the wanted types to another stream. */
    void copyTo(SideData target, IntPredicate wanted) {
        long list = list();
        for (int i = 0; i < count(); i++) {
            long entry = entry(list, i);
            int type = libav.getInt(entry, AvField.SIDE_DATA_TYPE);
            if (wanted.test(type)) {
                target.add(
                        type,
                        Memory.bytes(
                                libav.getLong(entry, AvField.SIDE_DATA_BYTES),
                                libav.getLong(entry, AvField.SIDE_DATA_SIZE)));
            }
        }
    }

    void add(int type, MemorySegment bytes) {
        if (libav.major() >= IN_PARAMETERS) {
            long parameters = holder();
            long added = libav.codec()
                    .av_packet_side_data_new(
                            libav.address(parameters, AvField.SIDE_DATA),
                            libav.address(parameters, AvField.SIDE_DATA_COUNT),
                            type,
                            bytes.byteSize(),
                            0);
            fill(added == 0 ? 0 : libav.getLong(added, AvField.SIDE_DATA_BYTES), bytes);
        } else {
            fill(libav.format().av_stream_new_side_data(stream, type, bytes.byteSize()), bytes);
        }
    }

    private static void fill(long address, MemorySegment bytes) {
        if (address == 0) {
            throw new ContainerException("no memory for what belongs to a track");
        }
        Memory.bytes(address, bytes.byteSize()).copyFrom(bytes);
    }

    private long list() {
        return libav.getLong(holder(), AvField.SIDE_DATA);
    }

    private int count() {
        return libav.getInt(holder(), AvField.SIDE_DATA_COUNT);
    }

    private long holder() {
        return libav.major() >= IN_PARAMETERS ? libav.getLong(stream, AvField.STREAM_CODEC) : stream;
    }

    private long entry(long list, int index) {
        return list + (long) index * sizeOfEntry();
    }

    private long sizeOfEntry() {
        return libav.address(0, AvField.SIDE_DATA_ENTRY);
    }
}
