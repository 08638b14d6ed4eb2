/** The custom operators as ONNX Runtime's C API calls them, and its threads as they call them back. */
@NullMarked
package dev.midframe.onnx.binding;

import org.jspecify.annotations.NullMarked;
