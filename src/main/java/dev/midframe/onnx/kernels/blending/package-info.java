/** The end of the network: from the decoder's features and both warped pictures to the frame. */
@NullMarked
package dev.midframe.onnx.kernels.blending;

import org.jspecify.annotations.NullMarked;
