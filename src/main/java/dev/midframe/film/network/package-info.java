/**
 * FILM's stages as the paper names them: feature extractor, pyramid flow estimator, fusion decoder, and what makes a picture
 * of the decoder's output. {@link dev.midframe.film.network.FilmGraphs} is what engines call.
 */
@NullMarked
package dev.midframe.film.network;

import org.jspecify.annotations.NullMarked;
