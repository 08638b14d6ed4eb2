/** Reading and writing safetensors files. */
@NullMarked
package dev.midframe.film.weights;

import org.jspecify.annotations.NullMarked;
