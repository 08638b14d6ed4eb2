package dev.midframe.convert.parts;

import dev.midframe.convert.section.PacketLog;
import java.util.List;

/**
 * A finished part: what is beside its packets.
 *
 * @param plan the plan's fingerprint
 * @param number from 0
 * @param file with the packets, beside the record
 * @param engine that made the frames
 * @param caps what is encoded, in GStreamer's words
 * @param before when the last frame of the part before is shown, as this one sees it; {@link Long#MAX_VALUE}: there is none
 * @param after when the first frame of the next part is shown, as this one sees it; {@link Long#MAX_VALUE}: there is none
 * @param generated frames that did not come
 * @param packets their times, in the order in which they are decoded
 */
record PartRecord(
        String plan,
        int number,
        String file,
        String engine,
        String caps,
        long before,
        long after,
        long generated,
        List<PacketLog.Times> packets) {

    long firstTime() {
        return packets.stream().mapToLong(PacketLog.Times::pts).min().orElse(Long.MAX_VALUE);
    }

    long lastTime() {
        return packets.stream().mapToLong(PacketLog.Times::pts).max().orElse(Long.MAX_VALUE);
    }
}
