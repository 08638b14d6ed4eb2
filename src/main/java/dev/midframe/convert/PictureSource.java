package dev.midframe.convert;

import dev.midframe.container.OutputTrack;
import dev.midframe.convert.encoding.EncodedCaps;
import java.util.Optional;

/** Where the pictures of an output come from. */
public interface PictureSource extends PacketSource {

    /** Begins to bring them. */
    void start();

    /** What they are, once the first is there; empty where there is none. */
    Optional<EncodedCaps> caps();

    /** The bytes of the first packet. */
    byte[] firstBytes();

    /** Where the packets go. */
    void into(OutputTrack track);

    /** How many packets were written. */
    long written();

    /** How far they are, in nanoseconds of the output. */
    long latest();

    /** How they were made, when all are there. */
    Conversion.Result result(int damagedPackets);

    /** Ends it as soon as may be. */
    void stop();
}
