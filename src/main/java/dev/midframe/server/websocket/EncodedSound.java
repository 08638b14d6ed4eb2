package dev.midframe.server.websocket;

import java.nio.ByteBuffer;

/**
 * One packet of coded sound.
 *
 * @param payload valid only during the call that hands it over
 * @param runningTimeNanos since the pipeline began to run; -1 when unknown
 * @param captureMicros wall clock at which its presentation time came
 */
public record EncodedSound(ByteBuffer payload, SoundFormat format, long runningTimeNanos, long captureMicros) {}
