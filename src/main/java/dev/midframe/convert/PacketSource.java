package dev.midframe.convert;

import dev.midframe.container.ContainerWriter;

/** Packets of one or more tracks, in the order in which they are decoded. One thread uses it. */
public interface PacketSource extends AutoCloseable {

    /** At the end of the stream. */
    long NO_MORE = Long.MAX_VALUE;

    /** When the next packet is decoded, in nanoseconds; waits for it. */
    long nextTime();

    /** Writes the next packet. */
    void writeNext(ContainerWriter writer);

    @Override
    void close();
}
