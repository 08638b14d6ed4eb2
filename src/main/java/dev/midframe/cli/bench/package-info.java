/** {@code midframe bench}: speed and latency of the whole element. */
@NullMarked
package dev.midframe.cli.bench;

import org.jspecify.annotations.NullMarked;
