package dev.midframe.pipeline;

/**
 * An engine that a {@code midframe} element is having built.
 *
 * @param what for people
 * @param percent that is done, 0 to 99
 */
public record EngineBuild(String what, int percent) {}
