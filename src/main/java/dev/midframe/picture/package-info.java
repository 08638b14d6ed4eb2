/**
 * Still pictures: PNG and JPEG files in and out of {@link dev.midframe.video.VideoFrame}s.
 *
 * <p>Called by {@code cli} and {@code quality}. A picture read from a file is an RGB frame of 8 bit in the caller's arena;
 * a file is written whole or not at all, and {@link dev.midframe.support.AtomicFile} does so for reports, too.
 */
@NullMarked
package dev.midframe.picture;

import org.jspecify.annotations.NullMarked;
