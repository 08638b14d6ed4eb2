package dev.midframe.ffi.gst;

/**
 * The functions used of libgstreamer-1.0 for the library itself and for what pipelines are made of: descriptions, elements,
 * bins, pads, buses. {@link Gst} has those for what flows through them.
 */
public interface GstElements {

    void gst_segtrap_set_enabled(int enabled);

    int gst_is_initialized();

    int gst_init_check(long count, long arguments, long error);

    void gst_version(long major, long minor, long micro, long nano);

    long gst_parse_launch_full(long description, long context, int flags, long error);

    long gst_parse_bin_from_description_full(
            long description, int ghostUnlinkedPads, long context, int flags, long error);

    int gst_parse_error_quark();

    long gst_object_ref(long object);

    long gst_object_ref_sink(long object);

    void gst_object_unref(long object);

    long gst_object_get_name(long object);

    long gst_element_get_type();

    long gst_registry_get();

    long gst_element_factory_find(long name);

    long gst_element_factory_make(long factory, long name);

    long gst_element_factory_get_metadata(long factory, long key);

    int gst_element_register(long plugin, long name, int rank, long type);

    void gst_element_class_set_static_metadata(
            long elementClass, long longName, long classification, long description, long author);

    void gst_element_class_add_pad_template(long elementClass, long template);

    long gst_element_class_get_pad_template_list(long elementClass);

    long gst_element_get_factory(long element);

    int gst_element_set_state(long element, int state);

    int gst_element_get_state(long element, long state, long pending, long timeoutNanos);

    int gst_element_set_locked_state(long element, int locked);

    int gst_element_sync_state_with_parent(long element);

    int gst_element_send_event(long element, long event);

    int gst_element_seek(
            long element, double rate, int format, int flags, int startType, long start, int stopType, long stop);

    int gst_element_query_position(long element, int format, long position);

    int gst_element_query_duration(long element, int format, long duration);

    long gst_element_get_current_running_time(long element);

    long gst_element_get_bus(long element);

    int gst_element_add_pad(long element, long pad);

    long gst_ghost_pad_new(long name, long target);

    long gst_element_get_static_pad(long element, long name);

    void gst_element_release_request_pad(long element, long pad);

    long gst_element_iterate_sink_pads(long element);

    long gst_element_iterate_src_pads(long element);

    void gst_element_message_full(
            long element, int type, int domain, int code, long text, long debug, long file, long function, int line);

    int gst_element_post_message(long element, long message);

    long gst_pipeline_get_type();

    long gst_pipeline_new(long name);

    long gst_bin_get_type();

    int gst_bin_add(long bin, long element);

    int gst_bin_remove(long bin, long element);

    long gst_bin_get_by_name(long bin, long name);

    int gst_bin_recalculate_latency(long bin);

    long gst_bin_iterate_elements(long bin);

    long gst_bin_iterate_recurse(long bin);

    long gst_bin_iterate_sources(long bin);

    int gst_iterator_next(long iterator, long value);

    void gst_iterator_resync(long iterator);

    void gst_iterator_free(long iterator);

    long gst_pad_template_new(long name, int direction, int presence, long caps);

    int gst_pad_is_active(long pad);

    int gst_pad_is_linked(long pad);

    long gst_pad_get_peer(long pad);

    long gst_pad_get_parent_element(long pad);

    long gst_pad_get_pad_template(long pad);

    long gst_pad_get_current_caps(long pad);

    int gst_pad_peer_query(long pad, long query);

    int gst_pad_push(long pad, long buffer);

    int gst_pad_push_event(long pad, long event);

    int gst_pad_send_event(long pad, long event);

    int gst_pad_unlink(long source, long sink);

    long gst_pad_add_probe(long pad, int mask, long callback, long data, long destroyData);

    long gst_bus_timed_pop_filtered(long bus, long timeoutNanos, int types);

    void gst_bus_set_flushing(long bus, int flushing);

    int gst_bus_post(long bus, long message);

    void gst_util_set_object_arg(long object, long name, long value);

    long _gst_debug_category_new(long name, int color, long description);

    int gst_debug_category_get_threshold(long category);

    void gst_debug_log_literal(long category, int level, long file, long function, int line, long object, long message);
}
