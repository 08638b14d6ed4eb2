/**
 * A film in, a smoother one out, with everything else in it as it was.
 *
 * <p>A {@link dev.midframe.convert.Film} is what was found, a {@link dev.midframe.convert.Plan} what becomes of each of its
 * tracks. The pictures pass through a pipeline that {@link dev.midframe.convert.PictureText} writes; all else is copied packet
 * by packet, and a {@link dev.midframe.convert.Conversion} puts both together, beside the output's place, and moves the result
 * there when it is whole.
 */
@NullMarked
package dev.midframe.convert;

import org.jspecify.annotations.NullMarked;
