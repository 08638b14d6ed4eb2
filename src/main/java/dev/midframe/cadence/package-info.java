/**
 * Which frames to make and at what time: exact time arithmetic, ratios, scene cuts, repeats, overload.
 *
 * <p>Pure Java: no native call, no thread, no clock of its own. {@code element} offers the real frames' times and their
 * {@link dev.midframe.cadence.change.Change}; {@link dev.midframe.cadence.Cadence} answers with the output in order.
 */
@NullMarked
package dev.midframe.cadence;

import org.jspecify.annotations.NullMarked;
