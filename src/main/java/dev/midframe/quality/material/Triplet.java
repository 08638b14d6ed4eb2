package dev.midframe.quality.material;

import dev.midframe.video.VideoFrame;

/**
 * Three real frames of one format; the middle one is made again from its neighbours and compared with itself.
 *
 * @param index position of the middle frame in its sequence, from 0
 * @param first the frame before
 * @param real the frame to be made again
 * @param second the frame after
 * @param time of the middle frame between its neighbours: over 0 (first), under 1 (second)
 */
public record Triplet(int index, VideoFrame first, VideoFrame real, VideoFrame second, double time) {}
