/**
 * Pictures without a container: numbered files, and YUV4MPEG2 as it passes through pipes.
 *
 * <p>A {@link dev.midframe.convert.frames.FrameSource} gives them, a {@link dev.midframe.convert.frames.FrameWriter} takes them.
 */
@NullMarked
package dev.midframe.convert.frames;

import org.jspecify.annotations.NullMarked;
