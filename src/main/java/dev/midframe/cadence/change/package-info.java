/** How one real frame differs from the one before: motion, repeat or scene cut, by luma alone. */
@NullMarked
package dev.midframe.cadence.change;

import org.jspecify.annotations.NullMarked;
