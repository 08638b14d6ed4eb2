package dev.midframe.pipeline;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.Gst;
import dev.midframe.ffi.gst.Offsets;
import java.lang.foreign.MemorySegment;
import java.util.function.Function;

/**
 * What an {@link AppSink} gives: bytes, their caps and their times, in nanoseconds. Whoever pulled it owns it until it is
 * closed.
 */
public final class Sample implements AutoCloseable {

    private static final int FORMAT_TIME = 3;
    private static final int DELTA_UNIT = 1 << 13;

    private final GStreamer gstreamer;
    private long address;

    /** Takes over a reference. */
    Sample(GStreamer gstreamer, long address) {
        this.gstreamer = gstreamer;
        this.address = address;
    }

    /** What its caps say. */
    public VideoCaps caps() {
        return VideoCaps.of(gstreamer, capsAddress());
    }

    /** What they say where it is sound. */
    public SoundCaps soundCaps() {
        return SoundCaps.of(gstreamer, capsAddress());
    }

    /** The presentation time; {@link MediaBuffer#UNKNOWN_TIME} where it has none. */
    public long pts() {
        return Memory.getLong(buffer(), Offsets.BUFFER_PTS);
    }

    /** How long it is shown, or {@link MediaBuffer#UNKNOWN_TIME}. */
    public long duration() {
        return Memory.getLong(buffer(), Offsets.BUFFER_DURATION);
    }

    /**
     * Time since the pipeline began to run; {@link MediaBuffer#UNKNOWN_TIME} when the timestamp is unknown or outside of the
     * segment. Encoders move timestamps and the segment together (x264enc by 1,000 hours, so that no decoding time is
     * negative): only running and stream time compare.
     */
    public long runningTime() {
        return pts() == MediaBuffer.UNKNOWN_TIME
                ? MediaBuffer.UNKNOWN_TIME
                : gst().gst_segment_to_running_time(gst().gst_sample_get_segment(address()), FORMAT_TIME, pts());
    }

    /** Time in the stream: the timestamp that the frame had before it was encoded; -1 when unknown. */
    public long streamTime() {
        return pts() == MediaBuffer.UNKNOWN_TIME
                ? MediaBuffer.UNKNOWN_TIME
                : gst().gst_segment_to_stream_time(gst().gst_sample_get_segment(address()), FORMAT_TIME, pts());
    }

    /** How much earlier than it is presented it is decoded, in nanoseconds; 0 where it is not said. */
    public long decodedEarlier() {
        long dts = Memory.getLong(buffer(), Offsets.BUFFER_DTS);
        return dts == MediaBuffer.UNKNOWN_TIME || pts() == MediaBuffer.UNKNOWN_TIME ? 0 : pts() - dts;
    }

    /** Whether decoding can begin with it. */
    public boolean isKey() {
        return (Memory.getInt(buffer(), Offsets.BUFFER_FLAGS) & DELTA_UNIT) == 0;
    }

    /** Its caps in GStreamer's words. */
    public String capsText() {
        long text = gst().gst_caps_to_string(capsAddress());
        try {
            return String.valueOf(Memory.text(text));
        } finally {
            gstreamer.glib().g_free(text);
        }
    }

    /** Lends the bytes for reading, for the time of the call. */
    public <T> T read(Function<MemorySegment, T> use) {
        return MediaBuffer.read(gstreamer, buffer(), use);
    }

    /** A buffer of its own over the same bytes. */
    public MediaBuffer copyBuffer() {
        return MediaBuffer.over(gstreamer, buffer());
    }

    /** Its GstCaps, which stay the sample's. */
    long capsAddress() {
        return gst().gst_sample_get_caps(address());
    }

    private long buffer() {
        return gst().gst_sample_get_buffer(address());
    }

    private Gst gst() {
        return gstreamer.gst();
    }

    private long address() {
        if (address == 0) {
            throw new IllegalStateException("the sample is closed");
        }
        return address;
    }

    @Override
    public void close() {
        if (address != 0) {
            gst().gst_mini_object_unref(address);
            address = 0;
        }
    }
}
