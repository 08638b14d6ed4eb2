/**
 * The CPU engine: FILM in ONNX Runtime. Knows {@code film} and {@code interpolation}; {@code cli} opens it through
 * {@link dev.midframe.onnx.OnnxInterpolatorFactory}.
 *
 * <p>A frame's way: {@code advance} copies its bytes into a slot of native memory; the first pair that needs it has its
 * features computed there, once; a pair reads two such slots and writes frames into a slot of its own, which are copied out
 * when they are fetched. All of it runs on a few worker threads in the order it came. Several pairs side by side, one thread
 * each, cost less than several threads on one pair, so that is how a depth above 1 is used; depth 1 divides one pair, for its
 * latency.
 *
 * <p>Graphs are written by the lowerings of {@link dev.midframe.onnx.lowering}, which {@link dev.midframe.onnx.Lowerings} chooses:
 * in ONNX Runtime's own NCHWc layout where the processor has one, so that convolutions run as the library runs them best, and
 * all that lies between them is done by a few custom operators in Java ({@link dev.midframe.onnx.kernels}), whose rows
 * the library shares out over the threads that convolve. Elsewhere graphs are of ONNX's own operators. Pictures larger than about 0.4
 * megapixels have their motion found at half the size.
 */
@NullMarked
package dev.midframe.onnx;

import org.jspecify.annotations.NullMarked;
