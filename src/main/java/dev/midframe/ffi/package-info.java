/**
 * How Java calls C and C++ through java.lang.foreign.
 *
 * <p>An interface whose methods are named and typed as C functions is bound by {@link dev.midframe.ffi.NativeFunctions}; C calls
 * Java through {@link dev.midframe.ffi.Upcalls}, which let no exception out; {@link dev.midframe.ffi.Memory} reads and writes
 * fields at the offsets that {@code ffi.gst} and {@code onnx} know. Pointers are {@code long}.
 *
 * <p>{@code ffi.cuda} and {@code ffi.tensorrt} use classes that jextract generates of the headers in {@code native/}:
 * {@link dev.midframe.ffi.Functions} finds the addresses that these call. Those two are called by {@code tensorrt} only.
 */
@NullMarked
package dev.midframe.ffi;

import org.jspecify.annotations.NullMarked;
