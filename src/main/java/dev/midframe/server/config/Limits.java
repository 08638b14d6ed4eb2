package dev.midframe.server.config;

/**
 * What the server grants at most.
 *
 * @param connections open connections over all
 * @param viewers WebSocket clients over all streams
 * @param requestsPerSecond HTTP requests that one address may send in the long run
 * @param requestBurst HTTP requests that one address may send at once
 * @param messageBytes longest message a WebSocket client may send
 * @param headerBytes longest HTTP header section
 * @param bodyBytes longest HTTP body
 * @param queueFrames access units that wait for one client before it is moved on
 * @param queueBytes bytes that wait for one client before it is moved on
 */
public record Limits(
        int connections,
        int viewers,
        int requestsPerSecond,
        int requestBurst,
        int messageBytes,
        int headerBytes,
        int bodyBytes,
        int queueFrames,
        int queueBytes) {}
