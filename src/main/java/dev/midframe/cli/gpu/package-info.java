/** What an NVIDIA GPU needs: TensorRT's libraries, built engines, elements that decode and encode. */
@NullMarked
package dev.midframe.cli.gpu;

import org.jspecify.annotations.NullMarked;
