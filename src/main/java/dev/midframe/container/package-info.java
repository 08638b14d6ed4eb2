/**
 * Films as containers hold them: tracks, packets, tags, chapters; read and written as they are, by libavformat.
 *
 * <p>What is encoded passes through here untouched. A {@link dev.midframe.container.ContainerReader} gives packets, a
 * {@link dev.midframe.container.ContainerWriter} takes them, with all times in nanoseconds.
 */
@NullMarked
package dev.midframe.container;

import org.jspecify.annotations.NullMarked;
