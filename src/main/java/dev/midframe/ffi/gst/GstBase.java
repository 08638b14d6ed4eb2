package dev.midframe.ffi.gst;

/** The functions used of libgstbase-1.0. */
public interface GstBase {

    long gst_base_transform_get_type();

    void gst_base_transform_set_prefer_passthrough(long transform, int prefer);

    void gst_base_transform_reconfigure_src(long transform);
}
