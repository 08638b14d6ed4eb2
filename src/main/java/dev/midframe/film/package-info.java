/** FILM itself: configuration, weights (safetensors), the graph as an ONNX model. Pure Java: knows no engine and no GStreamer. */
@NullMarked
package dev.midframe.film;

import org.jspecify.annotations.NullMarked;
