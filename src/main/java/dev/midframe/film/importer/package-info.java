/**
 * Brings FILM weights that others saved into the project's safetensors: PyTorch archives (a TorchScript module or a state
 * dictionary) and TensorFlow SavedModels.
 *
 * <p>{@code cli} calls {@link dev.midframe.film.importer.ModelImport}. A reader ({@code TorchArchive},
 * {@code TensorBundle}) turns a file into {@code ForeignWeights}: tensors under the names of the PyTorch port, which are
 * the project's. What they must be is {@code film}'s business. The files come from strangers: a reader runs nothing of
 * theirs, knows only what weights need, and takes no more memory than the file has bytes.
 */
@NullMarked
package dev.midframe.film.importer;

import org.jspecify.annotations.NullMarked;
