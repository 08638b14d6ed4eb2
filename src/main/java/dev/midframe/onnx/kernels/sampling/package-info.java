/** Sampling of planes and features at fractional positions, a row at a time. */
@NullMarked
package dev.midframe.onnx.kernels.sampling;

import org.jspecify.annotations.NullMarked;
