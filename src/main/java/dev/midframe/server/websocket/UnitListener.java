package dev.midframe.server.websocket;

/** Gets what a stream's WebSocket clients get. Called in the stream's threads, pictures in one and sound in another; never waits. */
public interface UnitListener {

    /** The next picture or packet of sound; the unit stays the caller's. */
    void unit(AccessUnit unit);

    /** The stream is gone for good. */
    void end();
}
