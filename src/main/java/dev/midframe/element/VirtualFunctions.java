package dev.midframe.element;

/**
 * The virtual functions of GObject, GstElement and GstBaseTransform that the element takes part in. {@link ElementClass} implements them
 * for upcalls; the parent class's own are bound to the same interface. The first argument is always the element.
 */
interface VirtualFunctions {

    void set_property(long object, int id, long value, long specification);

    void get_property(long object, int id, long value, long specification);

    void finalize(long object);

    int change_state(long element, int transition);

    int start(long transform);

    int stop(long transform);

    long transform_caps(long transform, int direction, long caps, long filter);

    int set_caps(long transform, long inputCaps, long outputCaps);

    int get_unit_size(long transform, long caps, long size);

    int query(long transform, int direction, long query);

    int decide_allocation(long transform, long query);

    int propose_allocation(long transform, long decided, long query);

    int sink_event(long transform, long event);

    int src_event(long transform, long event);

    int submit_input_buffer(long transform, int discont, long buffer);

    int generate_output(long transform, long outputBuffer);

    int prepare_output_buffer(long transform, long inputBuffer, long outputBuffer);

    int transform(long transform, long inputBuffer, long outputBuffer);

    int transform_meta(long transform, long outputBuffer, long meta, long inputBuffer);
}
