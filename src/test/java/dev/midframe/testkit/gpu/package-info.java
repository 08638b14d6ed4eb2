/** A GPU in Java: the CUDA driver and TensorRT as the binding calls them, so that the real factory runs where there is no GPU. */
@NullMarked
package dev.midframe.testkit.gpu;

import org.jspecify.annotations.NullMarked;
