/**
 * The element in every other GStreamer program: what {@code libgstmidframe.so} (native/gst-plugin) calls once it has started a
 * JVM in such a program, and how it comes to where GStreamer finds it.
 */
@NullMarked
package dev.midframe.plugin;

import org.jspecify.annotations.NullMarked;
