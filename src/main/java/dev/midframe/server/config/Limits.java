package dev.midframe.server.config;

import java.time.Duration;

/**
 * What the server grants at most.
 *
 * @param connections open connections over all
 * @param connectionsPerAddress open connections from one address
 * @param viewers WebSocket clients over all streams
 * @param webRtcViewers viewers by WebRTC over all streams, each of which takes some threads
 * @param requestsPerSecond HTTP requests that one address, and messages that one viewer may send in the long run
 * @param requestBurst the same at once
 * @param requestTimeout from a connection's start, or a later request's first byte, to the whole request
 * @param messageBytes longest message a WebSocket client may send
 * @param headerBytes longest HTTP header section
 * @param bodyBytes longest HTTP body
 * @param queueFrames access units that wait for one client before it is moved on
 * @param queueBytes bytes that wait for one client before it is moved on
 */
public record Limits(
        int connections,
        int connectionsPerAddress,
        int viewers,
        int webRtcViewers,
        int requestsPerSecond,
        int requestBurst,
        Duration requestTimeout,
        int messageBytes,
        int headerBytes,
        int bodyBytes,
        int queueFrames,
        int queueBytes) {}
