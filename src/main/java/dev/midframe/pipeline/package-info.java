/** From a pipeline description to a running pipeline: variables, bus, progress, shutdown (gst1-java-core). Called by {@code cli} and {@code server}. */
@NullMarked
package dev.midframe.pipeline;

import org.jspecify.annotations.NullMarked;
