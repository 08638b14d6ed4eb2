package dev.midframe.testkit;

/**
 * A frame that reached the end of a pipeline.
 *
 * @param pts in nanoseconds
 * @param duration in nanoseconds
 * @param checksum of all its bytes
 * @param mean of its first bytes
 * @param caps as text
 */
public record ReceivedFrame(long pts, long duration, long checksum, long mean, String caps) {}
