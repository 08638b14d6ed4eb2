package dev.midframe.quality;

/**
 * A picture in a report: the real one, the one made, and their difference.
 *
 * @param index position in the sequence, from 0
 * @param score what was reached
 * @param real a small PNG as data URI
 * @param generated the same
 * @param difference the same; absolute per channel, {@link Thumbnail#DIFFERENCE_GAIN} times
 */
record Exhibit(int index, Score score, String real, String generated, String difference) {}
