/**
 * How Java calls C and C++ through java.lang.foreign, declared as Java interfaces.
 *
 * <p>A binding interface is the Java side of a header in {@code native/}: one method a function, the same names, the same
 * order of arguments. {@link dev.midframe.ffi.CLibrary} binds such an interface to the symbols of a shared library;
 * {@code binding.tensorrt} binds one to the virtual methods of a C++ object, in both directions. The interfaces are
 * written by hand to match {@code native/*.h} until jextract is run over these headers; {@code native/README.md} has the
 * command line. Called by {@code tensorrt} only.
 */
@NullMarked
package dev.midframe.ffi;

import org.jspecify.annotations.NullMarked;
