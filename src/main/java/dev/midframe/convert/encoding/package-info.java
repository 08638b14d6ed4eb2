/**
 * How pictures and sound are encoded: GStreamer's elements for each codec, in software or in hardware, and what they make.
 *
 * <p>A {@link dev.midframe.convert.encoding.EncoderChoice} finds the {@link dev.midframe.convert.encoding.PictureEncoder} that
 * works here.
 */
@NullMarked
package dev.midframe.convert.encoding;

import org.jspecify.annotations.NullMarked;
