/** The CPU engine: FILM in ONNX Runtime. Knows {@code film} and {@code interpolation}. */
@NullMarked
package dev.midframe.onnx;

import org.jspecify.annotations.NullMarked;
