/**
 * GStreamer, GLib and GObject, as far as they are used: functions, offsets and constants stand here once, and who owns a
 * reference is a class.
 *
 * <p>{@link dev.midframe.ffi.gst.GStreamer#get} loads and initializes the libraries and compares them with
 * {@link dev.midframe.ffi.gst.Offsets}. Functions are interfaces named as in C ({@code Gst}, {@code GObjects}, ...); pointers
 * are {@code long}. {@code element} and {@code pipeline} may call this package; others get from {@code pipeline} what they
 * need.
 */
@NullMarked
package dev.midframe.ffi.gst;

import org.jspecify.annotations.NullMarked;
