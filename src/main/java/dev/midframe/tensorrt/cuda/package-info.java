/** The CUDA driver: devices, and a context that owns what is made on one. Status codes leave as exceptions. */
@NullMarked
package dev.midframe.tensorrt.cuda;

import org.jspecify.annotations.NullMarked;
