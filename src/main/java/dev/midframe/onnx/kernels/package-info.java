/**
 * What FILM asks of a CPU beside convolutions ({@link dev.midframe.film.graph.CustomOp}), in Java with the Vector API: plain
 * computation on float tensors, of which threads may run several side by side. {@link dev.midframe.onnx} hands it to ONNX
 * Runtime.
 */
@NullMarked
package dev.midframe.onnx.kernels;

import org.jspecify.annotations.NullMarked;
