/** Frames as such: pixel formats, colorimetry, planes in native memory. Knows no other package. */
@NullMarked
package dev.midframe.video;

import org.jspecify.annotations.NullMarked;
