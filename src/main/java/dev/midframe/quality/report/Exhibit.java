package dev.midframe.quality.report;

import dev.midframe.quality.metric.Score;

/**
 * A picture in a report: the real one, the one made, and their difference.
 *
 * @param index position in the sequence, from 0
 * @param score what was reached
 * @param real a small PNG as data URI
 * @param generated the same
 * @param difference the same; absolute per channel, {@link Thumbnail#DIFFERENCE_GAIN} times
 */
public record Exhibit(int index, Score score, String real, String generated, String difference) {}
