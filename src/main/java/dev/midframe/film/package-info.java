/**
 * FILM itself: configuration, weights (safetensors), the graph as an ONNX model. Pure Java: knows no engine and no GStreamer.
 *
 * <p>Engines come with a {@link dev.midframe.film.model.FilmModel} of {@link dev.midframe.film.model.FilmModels} and a frame format, and
 * take away {@link dev.midframe.film.graph.OnnxGraph}s from {@link dev.midframe.film.network.FilmGraphs}: one for each
 * {@link dev.midframe.film.network.FilmPart} they run. Frames go in and come out as packed bytes; colour, padding, cropping and
 * rounding are part of the graphs, and so is the rule that what is still stays still.
 *
 * <p>The network follows Reda et al., "FILM: Frame Interpolation for Large Motion", ECCV 2022 (arXiv 2202.04901); its tensors
 * are named as in the PyTorch form most published weights have.
 */
@NullMarked
package dev.midframe.film;

import org.jspecify.annotations.NullMarked;
