/** The GPU engine: building, cache, contexts and streams; thin classes over {@code binding}. Knows {@code film} and {@code interpolation}. */
@NullMarked
package dev.midframe.tensorrt;

import org.jspecify.annotations.NullMarked;
