package dev.midframe.pipeline;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a pipeline is.
 *
 * @param position stream time reached
 * @param duration stream time in all; empty for live sources
 */
public record Progress(Duration position, Optional<Duration> duration) {}
