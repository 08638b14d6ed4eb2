/** The GStreamer element {@code midframe}: type, pads, caps, queue, buffers, through java.lang.foreign. Knows {@code cadence} and {@code interpolation}, no engine. */
@NullMarked
package dev.midframe.element;

import org.jspecify.annotations.NullMarked;
