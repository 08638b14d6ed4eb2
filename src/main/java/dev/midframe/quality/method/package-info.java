/**
 * The ways to make the frame between two that are compared: a model of Midframe, ffmpeg's minterpolate, blending, repeating.
 */
@NullMarked
package dev.midframe.quality.method;

import org.jspecify.annotations.NullMarked;
