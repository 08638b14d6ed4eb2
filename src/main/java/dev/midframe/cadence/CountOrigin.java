package dev.midframe.cadence;

/**
 * Where the count of output frames began that a stream goes on with: a part of a film then has its frames at the times that they
 * have in the whole film.
 *
 * @param ptsNanos a presentation time. With a rate, output frame 0 is due there; with a factor, it tells which real frame
 *     {@code frame} is: the first that is not earlier
 * @param frame the number of that real frame, from 0
 */
public record CountOrigin(long ptsNanos, long frame) {}
