/**
 * From a pipeline description to a running pipeline: variables, bus, progress, shutdown, over gst1-java-core.
 *
 * <p>{@code cli} and {@code server} call this room. A {@link dev.midframe.pipeline.PipelineDescription} is gst-launch text
 * with comments and variables; {@link dev.midframe.pipeline.MediaPipeline} runs it. Frames never pass through here: they
 * stay inside GStreamer and the element.
 */
@NullMarked
package dev.midframe.pipeline;

import org.jspecify.annotations.NullMarked;
