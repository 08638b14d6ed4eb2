package dev.midframe.quality;

import dev.midframe.quality.metric.Summary;
import java.util.List;

/**
 * Sequences that belong together, measured.
 *
 * @param name of the group
 * @param sequences the names of its sequences
 * @param methods one a method, in the evaluation's order: the mean over the sequences, each of equal weight
 */
public record GroupResult(String name, List<String> sequences, List<Summary> methods) {}
