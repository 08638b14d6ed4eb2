package dev.midframe.convert;

import dev.midframe.container.Packet;

/**
 * Makes the times of a broadcast begin at 0 and go on where they jump, as GStreamer does with the pictures of the same file.
 * Times of other files stay as they are.
 */
final class SteadyTime {

    /** What tracks may be apart, and a gap in a broadcast may last. */
    private static final long JUMP_NANOS = 10_000_000_000L;

    private final boolean jumps;
    private long shift;
    private long expected = Packet.UNKNOWN_TIME;

    SteadyTime(Film film) {
        jumps = film.timesJump();
        shift = jumps ? -film.startNanos() : 0;
    }

    /** What is to be added to a packet's times; packets are shown in the order of the file. */
    long shift(Packet packet) {
        long time = packet.dts() == Packet.UNKNOWN_TIME ? packet.pts() : packet.dts();
        if (jumps && time != Packet.UNKNOWN_TIME) {
            if (expected != Packet.UNKNOWN_TIME && Math.abs(time + shift - expected) > JUMP_NANOS) {
                shift = expected - time;
            }
            expected = time + shift + packet.duration();
        }
        return shift;
    }
}
