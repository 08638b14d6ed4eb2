package dev.midframe.ffi.gst;

/** The functions used of libgstapp-1.0: samples out of a pipeline, buffers into one. */
public interface GstApp {

    long gst_app_sink_get_type();

    long gst_app_sink_try_pull_sample(long appsink, long timeoutNanos);

    int gst_app_sink_is_eos(long appsink);

    long gst_app_src_get_type();

    void gst_app_src_set_caps(long appsrc, long caps);

    int gst_app_src_end_of_stream(long appsrc);

    int gst_app_src_push_buffer(long appsrc, long buffer);
}
