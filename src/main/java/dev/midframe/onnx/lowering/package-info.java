/**
 * How FILM is written for ONNX Runtime on a CPU: {@link dev.midframe.onnx.lowering.NchwcLowering} in floats,
 * {@link dev.midframe.onnx.lowering.Int8Lowering} with features in int8; both need the custom operators of
 * {@link dev.midframe.onnx.lowering.CustomOp}. {@link dev.midframe.onnx.lowering.LayoutProbe} asks the library for its layout,
 * {@link dev.midframe.onnx.lowering.ActivationRanges} reads from a model's file what quantization needs.
 */
@NullMarked
package dev.midframe.onnx.lowering;

import org.jspecify.annotations.NullMarked;
