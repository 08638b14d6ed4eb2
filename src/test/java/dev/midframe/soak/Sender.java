package dev.midframe.soak;

import java.io.IOException;
import java.time.Duration;

/** Sends a source's bytes, as a camera would. */
interface Sender extends AutoCloseable {

    /** Sends bytes at an even rate for as long as they last in real time; begins when somebody takes them. */
    void send(byte[] bytes, Duration lasts) throws IOException, InterruptedException;

    /** Lets go of the receiver: the source has died. */
    void die() throws IOException;

    @Override
    void close() throws IOException;
}
