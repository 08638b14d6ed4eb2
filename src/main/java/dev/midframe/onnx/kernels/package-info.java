/**
 * What the custom operators compute ({@link dev.midframe.onnx.lowering.CustomOp}), in Java with the Vector API: plain
 * computation on float tensors, of which threads may run several side by side. {@link dev.midframe.onnx} hands it to ONNX
 * Runtime.
 */
@NullMarked
package dev.midframe.onnx.kernels;

import org.jspecify.annotations.NullMarked;
