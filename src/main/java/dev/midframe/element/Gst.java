package dev.midframe.element;

/** The functions used of libgstreamer-1.0, in the order of its manual. What the C headers define as macros is spelled out by callers. */
public interface Gst {

    int gst_is_initialized();

    long gst_mini_object_ref(long object);

    void gst_mini_object_unref(long object);

    long gst_mini_object_make_writable(long object);

    long gst_mini_object_copy(long object);

    long gst_buffer_new();

    long gst_buffer_get_meta(long buffer, long api);

    int gst_buffer_remove_meta(long buffer, long meta);

    long gst_buffer_pool_get_config(long pool);

    int gst_buffer_pool_set_config(long pool, long config);

    void gst_buffer_pool_config_set_params(long config, long caps, int size, int minimum, int maximum);

    void gst_buffer_pool_config_add_option(long config, long option);

    long gst_caps_from_string(long text);

    long gst_caps_intersect_full(long first, long second, int mode);

    int gst_caps_get_size(long caps);

    long gst_caps_get_structure(long caps, int index);

    long gst_structure_from_string(long text, long end);

    long gst_structure_get_value(long structure, long field);

    void gst_structure_set_value(long structure, long field, long value);

    void gst_structure_remove_field(long structure, long field);

    void gst_structure_free(long structure);

    long gst_value_serialize(long value);

    int gst_value_get_fraction_numerator(long value);

    int gst_value_get_fraction_denominator(long value);

    void gst_value_set_fraction(long value, int numerator, int denominator);

    long gst_param_spec_fraction(
            long name,
            long nick,
            long blurb,
            int minimumNumerator,
            int minimumDenominator,
            int maximumNumerator,
            int maximumDenominator,
            int initialNumerator,
            int initialDenominator,
            int flags);

    int gst_element_register(long plugin, long name, int rank, long type);

    void gst_element_class_set_static_metadata(
            long elementClass, long longName, long classification, long description, long author);

    void gst_element_class_add_pad_template(long elementClass, long template);

    void gst_element_message_full(
            long element, int type, int domain, int code, long text, long debug, long file, long function, int line);

    int gst_element_post_message(long element, long message);

    long gst_message_new_latency(long source);

    long gst_message_new_element(long source, long structure);

    int gst_stream_error_quark();

    int gst_library_error_quark();

    long gst_pad_template_new(long name, int direction, int presence, long caps);

    int gst_pad_is_active(long pad);

    int gst_pad_push(long pad, long buffer);

    void gst_event_parse_qos(long event, long type, long proportion, long difference, long timestamp);

    void gst_query_parse_latency(long query, long live, long minimum, long maximum);

    void gst_query_set_latency(long query, int live, long minimum, long maximum);

    void gst_query_parse_allocation(long query, long caps, long needPool);

    int gst_query_get_n_allocation_pools(long query);

    void gst_query_add_allocation_pool(long query, long pool, int size, int minimum, int maximum);

    void gst_query_set_nth_allocation_pool(long query, int index, long pool, int size, int minimum, int maximum);

    int gst_query_find_allocation_meta(long query, long api, long index);

    void gst_query_add_allocation_meta(long query, long api, long parameters);

    void gst_object_unref(long object);

    long gst_object_get_name(long object);

    long gst_segment_to_stream_time(long segment, int format, long position);

    int gst_segment_position_from_running_time_full(long segment, int format, long runningTime, long position);

    long gst_element_get_current_running_time(long element);

    long gst_query_new_latency();

    int gst_pad_peer_query(long pad, long query);
}
