package dev.midframe.pipeline;

import java.util.Optional;

/**
 * How a pipeline ended.
 *
 * @param failure one line, empty when the stream ended by itself or was asked to
 * @param outputsComplete whether every sink saw the end of the stream, so that files are finalized
 */
public record Outcome(Optional<String> failure, boolean outputsComplete) {}
