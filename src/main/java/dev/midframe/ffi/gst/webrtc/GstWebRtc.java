package dev.midframe.ffi.gst.webrtc;

/** The functions used of libgstwebrtc-1.0. */
interface GstWebRtc {

    long gst_webrtc_session_description_get_type();

    long gst_webrtc_session_description_new(int type, long sdp);

    void gst_webrtc_session_description_free(long description);
}
