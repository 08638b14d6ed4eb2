/** Writing ONNX graphs: nodes, constants, inputs and outputs, and the operators FILM is made of. */
@NullMarked
package dev.midframe.film.graph;

import org.jspecify.annotations.NullMarked;
