/**
 * The CUDA driver (libcuda.so.1): the addresses of its functions, and in {@code generated} the classes that call them, made by
 * jextract of {@code native/cuda_driver.h}. Nothing is loaded before {@link dev.midframe.ffi.cuda.CudaDriver#in} is called with
 * a library that was found.
 */
@NullMarked
package dev.midframe.ffi.cuda;

import org.jspecify.annotations.NullMarked;
