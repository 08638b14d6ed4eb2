package dev.midframe.element.buffers;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.Gst;
import dev.midframe.ffi.gst.GstVideo;
import dev.midframe.ffi.gst.Offsets;

/** GstBuffer: references and times. A buffer handed to a function is given away where the function says "takes". */
public final class Buffers {

    public static final long NONE = -1;

    private static final int FLAG_DISCONT = 1 << 6;
    private static final int FLAG_RESYNC = 1 << 7;

    private final Gst gst;
    private final GstVideo video;

    public Buffers(GStreamer gstreamer) {
        this.gst = gstreamer.gst();
        this.video = gstreamer.video();
    }

    public long ref(long buffer) {
        return gst.gst_mini_object_ref(buffer);
    }

    public void unref(long buffer) {
        gst.gst_mini_object_unref(buffer);
    }

    public static long pts(long buffer) {
        return Memory.getLong(buffer, Offsets.BUFFER_PTS);
    }

    public static long duration(long buffer) {
        return Memory.getLong(buffer, Offsets.BUFFER_DURATION);
    }

    /** Takes a real frame's buffer and gives one with the same pixels and metas and these times. */
    public long timed(long buffer, long pts, long duration) {
        if (pts(buffer) == pts && duration(buffer) == duration) {
            return buffer;
        }
        long writable = gst.gst_mini_object_make_writable(buffer);
        Memory.putLong(writable, Offsets.BUFFER_PTS, pts);
        Memory.putLong(writable, Offsets.BUFFER_DURATION, duration);
        return writable;
    }

    /** Takes a buffer whose frame is shown a second time and gives one that does not say its captions again. */
    public long repeated(long buffer) {
        long captions = video.gst_video_caption_meta_api_get_type();
        if (gst.gst_buffer_get_meta(buffer, captions) == 0) {
            return buffer;
        }
        long writable = gst.gst_mini_object_make_writable(buffer);
        for (long meta = gst.gst_buffer_get_meta(writable, captions);
                meta != 0;
                meta = gst.gst_buffer_get_meta(writable, captions)) {
            gst.gst_buffer_remove_meta(writable, meta);
        }
        return writable;
    }

    /** Makes a new buffer, which has a real frame's metadata, a frame of its own: with its times, and continuous. */
    public static void stampGenerated(long buffer, long pts, long duration) {
        Memory.putLong(buffer, Offsets.BUFFER_PTS, pts);
        Memory.putLong(buffer, Offsets.BUFFER_DTS, NONE);
        Memory.putLong(buffer, Offsets.BUFFER_DURATION, duration);
        Memory.putLong(buffer, Offsets.BUFFER_OFFSET, NONE);
        Memory.putLong(buffer, Offsets.BUFFER_OFFSET_END, NONE);
        int flags = Memory.getInt(buffer, Offsets.MINI_OBJECT_FLAGS);
        Memory.putInt(buffer, Offsets.MINI_OBJECT_FLAGS, flags & ~(FLAG_DISCONT | FLAG_RESYNC));
    }
}
