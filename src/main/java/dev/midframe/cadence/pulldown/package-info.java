/** The even rhythm behind repeats that come in a steady pattern, such as 3:2 pulldown. */
@NullMarked
package dev.midframe.cadence.pulldown;

import org.jspecify.annotations.NullMarked;
