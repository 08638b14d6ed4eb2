/**
 * The GStreamer element {@code midframe}: type, pads, caps, buffers, through java.lang.foreign and nothing else.
 *
 * <p>{@link dev.midframe.element.MidframeElement} registers it; from then on GStreamer calls. A buffer comes in by
 * {@code submit_input_buffer}, its time goes to the {@code cadence}, its pixels to the engine ({@code interpolation}), and
 * what the cadence decides leaves in order by {@code generate_output}. Knows {@code cadence} and {@code interpolation}, no
 * engine. {@code cli} and {@code pipeline} may call it; a {@link dev.midframe.interpolation.FrameObserver} gets the frames.
 *
 * <p>GStreamer's functions and offsets stand in {@code ffi.gst}; the parent class's virtual functions and our own are one
 * interface, {@code VirtualFunctions}. Pointers are {@code long}.
 */
@NullMarked
package dev.midframe.element;

import org.jspecify.annotations.NullMarked;
