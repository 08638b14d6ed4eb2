/**
 * From a pipeline description to a running pipeline: variables, bus, progress, shutdown.
 *
 * <p>{@code cli}, {@code server} and {@code quality} call this package, and get here what they need of GStreamer. A {@link dev.midframe.pipeline.PipelineDescription} is gst-launch text
 * with comments and variables; {@link dev.midframe.pipeline.MediaPipeline} runs it and owns its elements. Samples leave by
 * an {@link dev.midframe.pipeline.AppSink}, buffers come in by an {@link dev.midframe.pipeline.AppSrc}: whoever holds one
 * closes it. What the element works on never passes through here.
 */
@NullMarked
package dev.midframe.pipeline;

import org.jspecify.annotations.NullMarked;
