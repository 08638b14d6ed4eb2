package dev.midframe.element;

/** The functions used of libgstbase-1.0. */
interface GstBase {

    long gst_base_transform_get_type();

    void gst_base_transform_set_prefer_passthrough(long transform, int prefer);

    void gst_base_transform_reconfigure_src(long transform);
}
