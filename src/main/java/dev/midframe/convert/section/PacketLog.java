package dev.midframe.convert.section;

import java.util.ArrayList;
import java.util.List;

/** What is known of the packets of a section beside their bytes, while they are made. One thread at a time uses it. */
public final class PacketLog {

    private final List<Times> packets = new ArrayList<>();
    private String caps = "";
    private long before = Long.MAX_VALUE;
    private long after = Long.MAX_VALUE;

    /**
     * When a packet is presented, decoded, and how long it lasts, in nanoseconds of the whole output.
     *
     * @param duration 0 where it is unknown
     */
    public record Times(long pts, long dts, long duration) {}

    /** The next packet has been written. */
    public void add(Times times) {
        packets.add(times);
    }

    /** Says what is encoded. */
    public void madeOf(String capsText) {
        caps = capsText;
    }

    /** Says when the frames on both sides are shown. */
    public void between(long earlier, long later) {
        before = earlier;
        after = later;
    }

    /** In the order in which they are decoded. */
    public List<Times> packets() {
        return packets;
    }

    /** What is encoded, in GStreamer's words. */
    public String caps() {
        return caps;
    }

    /** When the last frame before the section would be shown, seen from within; {@link Long#MAX_VALUE} where there is none. */
    public long before() {
        return before;
    }

    /** When the first frame behind it would be shown, seen from within; {@link Long#MAX_VALUE} where there is none. */
    public long after() {
        return after;
    }
}
