/**
 * A FILM network as data: its configuration, its layers and the weights that belong to them, and the models at hand.
 */
@NullMarked
package dev.midframe.film.model;

import org.jspecify.annotations.NullMarked;
