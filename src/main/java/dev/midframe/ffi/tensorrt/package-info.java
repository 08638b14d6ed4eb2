/**
 * TensorRT's C functions and C++ interfaces: where they are, and in {@code generated} the classes that call them, made by
 * jextract of {@code native/tensorrt.h}.
 *
 * <p>TensorRT exports a handful of C functions that make objects; everything else is a virtual method. NVIDIA's header
 * says that the inner methods "must not be called directly by applications"; as they are inlined into every program that
 * uses TensorRT, their slots in the vtable are a binary contract within one major version all the same.
 * {@link dev.midframe.ffi.tensorrt.SlotTable} knows them from {@code native/tensorrt_slots.h}, one column a major version,
 * and finds an object's methods; {@link dev.midframe.ffi.tensorrt.JavaObject} is an object for TensorRT to call.
 */
@NullMarked
package dev.midframe.ffi.tensorrt;

import org.jspecify.annotations.NullMarked;
