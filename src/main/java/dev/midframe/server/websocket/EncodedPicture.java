package dev.midframe.server.websocket;

import java.nio.ByteBuffer;

/**
 * One access unit as it leaves the encoder.
 *
 * @param payload Annex B, valid only during the call that hands it over
 * @param contents what is in it
 * @param size width and height, and the rate, of the caps
 * @param streamTimeNanos its timestamp before encoding; -1 when unknown
 * @param runningTimeNanos since the pipeline began to run; -1 when unknown
 * @param captureMicros wall clock at which its presentation time came
 */
public record EncodedPicture(
        ByteBuffer payload,
        H264.Contents contents,
        Size size,
        long streamTimeNanos,
        long runningTimeNanos,
        long captureMicros) {

    public record Size(int width, int height, int rateNumerator, int rateDenominator) {}
}
