/** The cadence of one file: when its frames come, which repeat, where it cuts. */
@NullMarked
package dev.midframe.quality.cadence;

import org.jspecify.annotations.NullMarked;
