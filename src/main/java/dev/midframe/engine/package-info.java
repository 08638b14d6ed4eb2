/**
 * Which engine a stream gets: chosen by what the machine has, replaced when it fails, and changed for a better one once that
 * is built. Called by {@code cli}.
 */
@NullMarked
package dev.midframe.engine;

import org.jspecify.annotations.NullMarked;
