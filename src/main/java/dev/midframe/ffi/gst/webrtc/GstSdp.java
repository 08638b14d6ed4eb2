package dev.midframe.ffi.gst.webrtc;

/** The functions used of libgstsdp-1.0. */
interface GstSdp {

    int gst_sdp_message_new_from_text(long text, long message);

    long gst_sdp_message_as_text(long message);

    void gst_sdp_message_free(long message);
}
