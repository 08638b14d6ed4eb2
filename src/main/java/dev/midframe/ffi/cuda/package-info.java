/**
 * The functions of the CUDA driver (libcuda.so.1) that the GPU engine needs, as one interface written by hand to match
 * {@code native/cuda_driver.h}. Nothing is loaded before {@code CLibrary.bind} is called with a library that was found.
 */
@NullMarked
package dev.midframe.ffi.cuda;

import org.jspecify.annotations.NullMarked;
