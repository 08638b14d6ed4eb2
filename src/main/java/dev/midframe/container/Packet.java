package dev.midframe.container;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.av.AvField;
import dev.midframe.ffi.av.Libav;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** An encoded frame or some samples with their times. Whoever made it owns it until it is closed; one thread uses it. */
public final class Packet implements AutoCloseable {

    /** A time that is not known. */
    public static final long UNKNOWN_TIME = Long.MIN_VALUE;

    private static final int KEY = 1;
    private static final int DISCARD = 4;

    private final Libav libav;
    private final Arena arena = Arena.ofShared();
    private final long pointer;
    private Rational timeBase = Rational.UNKNOWN;

    /** An empty one. */
    public Packet() {
        libav = Libav.get();
        pointer = arena.allocate(ValueLayout.JAVA_LONG).address();
        Memory.putLong(pointer, 0, libav.codec().av_packet_alloc());
    }

    long address() {
        long packet = Memory.getLong(pointer, 0);
        if (packet == 0) {
            throw new IllegalStateException("the packet is closed");
        }
        return packet;
    }

    /** What a packet that was read counts its times in. */
    void countedIn(Rational base) {
        timeBase = base;
    }

    /** Gives its content up. */
    public void clear() {
        libav.codec().av_packet_unref(address());
    }

    /** Takes new content. */
    public void fill(MemorySegment bytes) {
        clear();
        if (libav.codec().av_new_packet(address(), (int) bytes.byteSize()) < 0) {
            throw new ContainerException("no memory for a packet of " + bytes.byteSize() + " bytes");
        }
        bytes().copyFrom(bytes);
    }

    /** Takes other bytes, and keeps track and times. */
    public void replace(MemorySegment bytes) {
        int track = track();
        long pts = libav.getLong(address(), AvField.PACKET_PTS);
        long dts = libav.getLong(address(), AvField.PACKET_DTS);
        long duration = libav.getLong(address(), AvField.PACKET_DURATION);
        fill(bytes);
        libav.putInt(address(), AvField.PACKET_STREAM, track);
        libav.putLong(address(), AvField.PACKET_PTS, pts);
        libav.putLong(address(), AvField.PACKET_DTS, dts);
        libav.putLong(address(), AvField.PACKET_DURATION, duration);
        markKey(true);
    }

    /** Its bytes, as long as it is not written, cleared or closed. */
    public MemorySegment bytes() {
        return Memory.bytes(
                libav.getLong(address(), AvField.PACKET_DATA), libav.getInt(address(), AvField.PACKET_SIZE), arena);
    }

    /** The index of its track. */
    public int track() {
        return libav.getInt(address(), AvField.PACKET_STREAM);
    }

    /** Whether decoding can begin here. */
    public boolean isKey() {
        return (libav.getInt(address(), AvField.PACKET_FLAGS) & KEY) != 0;
    }

    /** Whether it is decoded but not shown. */
    public boolean isDiscarded() {
        return (libav.getInt(address(), AvField.PACKET_FLAGS) & DISCARD) != 0;
    }

    /** Says whether decoding can begin here. */
    public void markKey(boolean key) {
        libav.putInt(address(), AvField.PACKET_FLAGS, key ? KEY : 0);
    }

    /** When it is presented, in nanoseconds, or {@link #UNKNOWN_TIME}. */
    public long pts() {
        return nanos(AvField.PACKET_PTS);
    }

    /** When it is decoded, in nanoseconds, or {@link #UNKNOWN_TIME}. */
    public long dts() {
        return nanos(AvField.PACKET_DTS);
    }

    /** How long it lasts in nanoseconds; 0 where that is unknown. */
    public long duration() {
        return timeBase.toNanos(libav.getLong(address(), AvField.PACKET_DURATION));
    }

    private long nanos(AvField field) {
        long ticks = libav.getLong(address(), field);
        return ticks == UNKNOWN_TIME ? UNKNOWN_TIME : timeBase.toNanos(ticks);
    }

    @Override
    public void close() {
        if (Memory.getLong(pointer, 0) != 0) {
            libav.codec().av_packet_free(pointer);
            arena.close();
        }
    }
}
