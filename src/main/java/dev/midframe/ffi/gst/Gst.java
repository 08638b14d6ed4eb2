package dev.midframe.ffi.gst;

/**
 * The functions used of libgstreamer-1.0 for what flows through pipelines: buffers, samples, caps, structures, values,
 * messages, events, queries, segments. What the C headers define as macros is spelled out by callers. {@link GstElements} has
 * those for pipelines themselves.
 */
public interface Gst {

    long gst_mini_object_ref(long object);

    void gst_mini_object_unref(long object);

    long gst_mini_object_make_writable(long object);

    long gst_mini_object_copy(long object);

    long gst_buffer_new();

    long gst_buffer_new_allocate(long allocator, long size, long parameters);

    long gst_buffer_copy_region(long buffer, int flags, long offset, long size);

    long gst_buffer_fill(long buffer, long offset, long source, long size);

    int gst_buffer_map(long buffer, long mapInfo, int flags);

    void gst_buffer_unmap(long buffer, long mapInfo);

    long gst_buffer_get_meta(long buffer, long api);

    int gst_buffer_remove_meta(long buffer, long meta);

    long gst_buffer_pool_get_config(long pool);

    int gst_buffer_pool_set_config(long pool, long config);

    void gst_buffer_pool_config_set_params(long config, long caps, int size, int minimum, int maximum);

    void gst_buffer_pool_config_add_option(long config, long option);

    long gst_sample_get_buffer(long sample);

    long gst_sample_get_caps(long sample);

    long gst_sample_get_segment(long sample);

    long gst_caps_from_string(long text);

    long gst_caps_to_string(long caps);

    long gst_caps_intersect_full(long first, long second, int mode);

    int gst_caps_get_size(long caps);

    long gst_caps_get_structure(long caps, int index);

    long gst_structure_from_string(long text, long end);

    long gst_structure_new_empty(long name);

    long gst_structure_get_name(long structure);

    long gst_structure_get_value(long structure, long field);

    long gst_structure_get_string(long structure, long field);

    int gst_structure_get_int(long structure, long field, long value);

    int gst_structure_get_fraction(long structure, long field, long numerator, long denominator);

    void gst_structure_set_value(long structure, long field, long value);

    void gst_structure_remove_field(long structure, long field);

    void gst_structure_free(long structure);

    long gst_structure_get_type();

    long gst_value_serialize(long value);

    int gst_value_get_fraction_numerator(long value);

    int gst_value_get_fraction_denominator(long value);

    void gst_value_set_fraction(long value, int numerator, int denominator);

    long gst_fraction_get_type();

    long gst_fraction_range_get_type();

    long gst_value_get_fraction_range_min(long value);

    long gst_value_get_fraction_range_max(long value);

    void gst_value_set_fraction_range_full(
            long value, int leastNumerator, int leastDenominator, int mostNumerator, int mostDenominator);

    long gst_value_list_get_type();

    int gst_value_list_get_size(long value);

    long gst_value_list_get_value(long value, int index);

    void gst_value_list_append_value(long value, long appended);

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

    long gst_message_new_application(long source, long structure);

    long gst_message_new_element(long source, long structure);

    long gst_message_new_eos(long source);

    long gst_message_new_latency(long source);

    long gst_message_get_structure(long message);

    void gst_message_parse_error(long message, long error, long debug);

    void gst_message_parse_warning(long message, long error, long debug);

    void gst_message_parse_tag(long message, long tags);

    void gst_message_parse_buffering(long message, long percent);

    void gst_message_parse_stream_collection(long message, long collection);

    int gst_stream_collection_get_size(long collection);

    long gst_stream_collection_get_stream(long collection, int index);

    int gst_stream_get_stream_type(long stream);

    long gst_stream_get_stream_id(long stream);

    long gst_stream_get_tags(long stream);

    int gst_tag_list_get_string(long tags, long tag, long text);

    long gst_event_new_caps(long caps);

    long gst_event_new_eos();

    long gst_event_new_step(int format, long amount, double rate, int flush, int intermediate);

    long gst_event_new_select_streams(long identifiers);

    void gst_event_parse_caps(long event, long caps);

    void gst_event_parse_segment(long event, long segmentPointer);

    void gst_event_parse_qos(long event, long type, long proportion, long difference, long timestamp);

    long gst_query_new_latency();

    void gst_query_parse_latency(long query, long live, long minimum, long maximum);

    void gst_query_set_latency(long query, int live, long minimum, long maximum);

    void gst_query_parse_allocation(long query, long caps, long needPool);

    int gst_query_get_n_allocation_pools(long query);

    void gst_query_add_allocation_pool(long query, long pool, int size, int minimum, int maximum);

    void gst_query_set_nth_allocation_pool(long query, int index, long pool, int size, int minimum, int maximum);

    int gst_query_find_allocation_meta(long query, long api, long index);

    void gst_query_add_allocation_meta(long query, long api, long parameters);

    long gst_segment_to_running_time(long segment, int format, long position);

    long gst_segment_to_stream_time(long segment, int format, long position);

    int gst_segment_position_from_running_time_full(long segment, int format, long runningTime, long position);

    long gst_promise_get_type();

    long gst_promise_new();

    int gst_promise_wait(long promise);

    long gst_promise_get_reply(long promise);

    int gst_stream_error_quark();

    int gst_library_error_quark();
}
