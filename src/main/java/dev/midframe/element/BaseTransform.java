package dev.midframe.element;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.Offsets;

/**
 * What the parent class keeps of an element: its pads, its segment and the buffer that has come.
 *
 * @param address of the GstBaseTransform
 */
record BaseTransform(GStreamer gstreamer, long address) {

    /** The element's name in its pipeline. */
    String name() {
        long text = gstreamer.elements().gst_object_get_name(address);
        String name = String.valueOf(Memory.text(text));
        gstreamer.glib().g_free(text);
        return name;
    }

    long sinkPad() {
        return Memory.getLong(address, Offsets.TRANSFORM_SINK_PAD);
    }

    long sourcePad() {
        return Memory.getLong(address, Offsets.TRANSFORM_SRC_PAD);
    }

    /** Whether frames may still come: the state change that ends a stream has not begun. From any thread. */
    boolean isActive() {
        return gstreamer.elements().gst_pad_is_active(sinkPad()) != 0;
    }

    /** The buffer that the parent class has stashed, now the caller's. */
    long takeQueuedBuffer() {
        long buffer = Memory.getLong(address, Offsets.TRANSFORM_QUEUED_BUFFER);
        Memory.putLong(address, Offsets.TRANSFORM_QUEUED_BUFFER, 0);
        return buffer;
    }

    /** Where the segment begins, in nanoseconds of its own time. */
    long segmentStart() {
        return Memory.getLong(segment(), Offsets.SEGMENT_START);
    }

    /** Whether the segment is played backwards. */
    boolean isBackwards() {
        // The sign of the rate, a double, is that of its bits.
        return Memory.getLong(segment(), Offsets.SEGMENT_RATE) < 0;
    }

    /** What an encoder's sink sees of a timestamp too: encoders move timestamps and segments, by the same amount. */
    long streamTime(long pts) {
        int format = Memory.getInt(segment(), Offsets.SEGMENT_FORMAT);
        return gstreamer.gst().gst_segment_to_stream_time(segment(), format, pts);
    }

    /** The timestamp, in nanoseconds, of a stream time that may be outside of the segment. */
    long pts(long streamTime) {
        long start = segmentStart();
        return streamTime - streamTime(start) + start;
    }

    /** Has caps negotiated again before the next buffer. */
    void reconfigure() {
        gstreamer.base().gst_base_transform_reconfigure_src(address);
    }

    private long segment() {
        return address + Offsets.TRANSFORM_SEGMENT;
    }
}
