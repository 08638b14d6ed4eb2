/**
 * Whether engines on a GPU make the frames that they should: a textured pair, moved by fractions of a pixel, against the CPU in
 * floats.
 */
@NullMarked
package dev.midframe.engine.check;

import org.jspecify.annotations.NullMarked;
