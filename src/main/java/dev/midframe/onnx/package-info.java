/**
 * The CPU engine: FILM in ONNX Runtime. Knows {@code film} and {@code interpolation}; {@code cli} opens it through
 * {@link dev.midframe.onnx.OnnxEngine}.
 *
 * <p>A frame's way: {@code advance} copies its bytes into a slot of native memory; the first pair that needs it has its
 * features computed there, once; a pair reads two such slots and writes frames into a slot of its own, which are copied out
 * when they are fetched. All of it runs on a few worker threads in the order it came. Several pairs side by side, one thread
 * each, cost less than several threads on one pair (film-lite at 640x360: 80 against 110 ms of processor time, on two busy cores), so that is
 * how a depth above 1 is used; depth 1 divides one pair, for its latency.
 *
 * <p>Warping is an operator of the project's own ({@link dev.midframe.film.Warping#OPERATOR}): ONNX Runtime's GridSample was
 * half of all time. It calls back into Java on the thread that runs the session.
 */
@NullMarked
package dev.midframe.onnx;

import org.jspecify.annotations.NullMarked;
