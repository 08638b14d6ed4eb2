package dev.midframe.container;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.av.AvField;
import dev.midframe.ffi.av.Libav;

/** A track of a {@link ContainerWriter}, which owns it. */
public final class OutputTrack {

    private final Libav libav;
    private final long stream;
    private final int index;
    private final long delay;
    private Rational timeBase = Rational.UNKNOWN;
    private long lastDts = Packet.UNKNOWN_TIME;

    /** @param delay nanoseconds by which all is written later, because it is read so much earlier */
    OutputTrack(Libav libav, long stream, int index, long delay) {
        this.delay = delay;
        this.libav = libav;
        this.stream = stream;
        this.index = index;
    }

    /** The container has chosen its time base. */
    void begin() {
        long base = libav.address(stream, AvField.STREAM_TIME_BASE);
        timeBase = Rational.of(Memory.getInt(base, 0), Memory.getInt(base, Integer.BYTES));
    }

    void stamp(long packet, long pts, long dts, long duration) {
        long shown = pts == Packet.UNKNOWN_TIME ? pts : timeBase.fromNanos(pts + delay);
        long decoded = dts == Packet.UNKNOWN_TIME ? shown : timeBase.fromNanos(dts + delay);
        if (shown != Packet.UNKNOWN_TIME) {
            decoded = Math.min(decoded, shown);
        }
        if (lastDts != Packet.UNKNOWN_TIME && decoded <= lastDts) {
            decoded = lastDts + 1;
        }
        lastDts = decoded;
        libav.putInt(packet, AvField.PACKET_STREAM, index);
        libav.putLong(packet, AvField.PACKET_PTS, shown == Packet.UNKNOWN_TIME ? shown : Math.max(shown, decoded));
        libav.putLong(packet, AvField.PACKET_DTS, decoded);
        libav.putLong(packet, AvField.PACKET_DURATION, timeBase.fromNanos(duration));
    }
}
