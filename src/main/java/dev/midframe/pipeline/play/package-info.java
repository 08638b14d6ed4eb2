/**
 * A player: GStreamer's playbin3 with the element in it. What a person does with it, and shows of it, is for {@code cli} to
 * say.
 */
@NullMarked
package dev.midframe.pipeline.play;

import org.jspecify.annotations.NullMarked;
