package dev.midframe.element.buffers;

import dev.midframe.element.caps.VideoInfo;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.Gst;

/** ALLOCATION queries: a pool of our own for generated frames, and the padding of rows that the next element can read. */
public final class Allocation {

    private static final int MIN_BUFFERS = 2;
    private static final int NO_MAXIMUM = 0;

    private final GStreamer gstreamer;
    private boolean downstreamReadsVideoMeta;

    public Allocation(GStreamer gstreamer) {
        this.gstreamer = gstreamer;
    }

    /** Puts a pool for generated frames into what downstream answered. */
    public void decide(long query, long caps, VideoInfo info) {
        Gst gst = gstreamer.gst();
        downstreamReadsVideoMeta =
                gst.gst_query_find_allocation_meta(query, gstreamer.video().gst_video_meta_api_get_type(), 0) != 0;
        int size = Math.toIntExact(info.bytes());
        long pool = gstreamer.video().gst_video_buffer_pool_new();
        long config = gst.gst_buffer_pool_get_config(pool);
        gst.gst_buffer_pool_config_set_params(config, caps, size, MIN_BUFFERS, NO_MAXIMUM);
        if (downstreamReadsVideoMeta) {
            gst.gst_buffer_pool_config_add_option(config, gstreamer.strings().lasting("GstBufferPoolOptionVideoMeta"));
        }
        gst.gst_buffer_pool_set_config(pool, config);
        if (gst.gst_query_get_n_allocation_pools(query) > 0) {
            gst.gst_query_set_nth_allocation_pool(query, 0, pool, size, MIN_BUFFERS, NO_MAXIMUM);
        } else {
            gst.gst_query_add_allocation_pool(query, pool, size, MIN_BUFFERS, NO_MAXIMUM);
        }
        gstreamer.elements().gst_object_unref(pool);
    }

    /**
     * Proposes to upstream how many buffers are held here, and that rows may be padded where downstream can read that: real
     * frames pass through as they are.
     */
    public void propose(long query, VideoInfo info, int held) {
        Gst gst = gstreamer.gst();
        gst.gst_query_add_allocation_pool(query, 0, Math.toIntExact(info.bytes()), held, NO_MAXIMUM);
        if (downstreamReadsVideoMeta) {
            gst.gst_query_add_allocation_meta(query, gstreamer.video().gst_video_meta_api_get_type(), 0);
        }
    }
}
