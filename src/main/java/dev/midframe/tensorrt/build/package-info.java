/**
 * Building engines of ONNX graphs with TensorRT, and keeping them in a cache that several processes may use at once.
 */
@NullMarked
package dev.midframe.tensorrt.build;

import org.jspecify.annotations.NullMarked;
