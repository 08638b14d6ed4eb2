/**
 * How good generated frames are: PSNR, SSIM, stillness and brightness against real frames, and reports of them.
 *
 * <p>Called by {@code cli}, which brings the engines as an {@link dev.midframe.interpolation.InterpolatorFactory}. A
 * {@link dev.midframe.quality.material.Sequence} gives real frames with one between them left out; every
 * {@link dev.midframe.quality.method.Method} makes that one again; {@link dev.midframe.quality.Evaluation} compares it with the
 * real one. Frames lie in memory of the sequence's reader and are valid until its next step.
 *
 * <p>{@link dev.midframe.quality.cuts.SceneCutMeasurement} measures how cuts are detected; {@link
 * dev.midframe.quality.cadence.CadenceReport} inspects one file's cadence.
 */
@NullMarked
package dev.midframe.quality;

import org.jspecify.annotations.NullMarked;
