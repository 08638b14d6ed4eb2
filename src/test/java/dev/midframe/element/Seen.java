package dev.midframe.element;

/** A frame that reached the end of a pipeline; times in nanoseconds. */
public record Seen(long pts, long duration, long checksum, long mean, String caps) {}
