/**
 * How Java calls C and C++ through java.lang.foreign.
 *
 * <p>{@code ffi.cuda} and {@code ffi.tensorrt} use classes that jextract generates of the headers in {@code native/}:
 * {@link dev.midframe.ffi.Functions} finds the addresses that these call. Called by {@code tensorrt} only.
 */
@NullMarked
package dev.midframe.ffi;

import org.jspecify.annotations.NullMarked;
