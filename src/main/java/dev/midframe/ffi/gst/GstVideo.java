package dev.midframe.ffi.gst;

/** The functions used of libgstvideo-1.0. */
public interface GstVideo {

    void gst_video_info_init(long info);

    int gst_video_info_set_format(long info, int format, int width, int height);

    int gst_video_info_from_caps(long info, long caps);

    int gst_video_format_from_string(long name);

    int gst_video_frame_map(long frame, long info, long buffer, int flags);

    void gst_video_frame_unmap(long frame);

    long gst_video_buffer_pool_new();

    long gst_video_meta_api_get_type();

    long gst_video_caption_meta_api_get_type();

    int gst_navigation_message_get_type(long message);

    int gst_navigation_message_parse_event(long message, long event);

    int gst_navigation_event_get_type(long event);

    int gst_navigation_event_parse_key_event(long event, long key);

    int gst_navigation_event_parse_mouse_button_event(long event, long button, long x, long y);

    int gst_navigation_event_parse_mouse_scroll_event(long event, long x, long y, long right, long up);

    int gst_video_event_is_force_key_unit(long event);

    long gst_video_event_new_upstream_force_key_unit(long runningTime, int allHeaders, int count);
}
