/** GstBuffers: allocation, references and times, and their pixels as {@link dev.midframe.video.VideoFrame}s. */
@NullMarked
package dev.midframe.element.buffers;

import org.jspecify.annotations.NullMarked;
