package dev.midframe.element;

import dev.midframe.element.stream.ClosingEngines;
import dev.midframe.ffi.gst.DebugCategory;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.interpolation.FrameObserver;
import dev.midframe.interpolation.InterpolatorFactory;

/** What all elements of one registration share. */
record ElementContext(
        GStreamer gstreamer,
        DebugCategory debug,
        VirtualFunctions parent,
        InterpolatorFactory engines,
        ClosingEngines closing,
        FrameObserver observer) {}
