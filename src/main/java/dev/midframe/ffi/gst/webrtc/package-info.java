/**
 * WebRTC's negotiation with GStreamer's webrtcbin. Its libraries are loaded when they are first asked for: without them
 * everything else works.
 */
@NullMarked
package dev.midframe.ffi.gst.webrtc;

import org.jspecify.annotations.NullMarked;
