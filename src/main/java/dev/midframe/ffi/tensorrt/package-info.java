/**
 * TensorRT's C functions and C++ interfaces as Java interfaces, written by hand to match {@code native/tensorrt.h}.
 *
 * <p>TensorRT exports a handful of C functions that make objects; everything else is a virtual method. NVIDIA's header
 * says that the inner methods "must not be called directly by applications"; as they are inlined into every program that
 * uses TensorRT, their places in the vtable are a binary contract within one major version all the same. The places are in
 * {@code native/tensorrt_slots.h}, one column a major version.
 */
@NullMarked
package dev.midframe.ffi.tensorrt;

import org.jspecify.annotations.NullMarked;
