/**
 * The contract between the frames' way and the engines that compute.
 *
 * <p>An engine is a {@link dev.midframe.interpolation.FrameInterpolator}: real frames go in by {@code advance}, in order;
 * {@code interpolate} starts the frames between the last two; their pixels are fetched when they are wanted, so several
 * pairs can be in flight. Where an engine has to be built first, a {@link dev.midframe.interpolation.BuildListener} hears how
 * far that is and can cancel it. {@code element} and {@code cli} call this package; engines ({@code onnx}, {@code tensorrt})
 * implement it; it knows neither GStreamer nor any engine.
 */
@NullMarked
package dev.midframe.interpolation;

import org.jspecify.annotations.NullMarked;
