package dev.midframe.ffi.gst;

/** The functions used of libgobject-2.0: types, objects, properties, values, signals. */
public interface GObjects {

    long g_type_from_name(long name);

    long g_type_fundamental(long type);

    long g_type_class_ref(long type);

    void g_type_query(long type, long query);

    int g_type_check_instance_is_a(long instance, long type);

    long g_type_register_static_simple(
            long parent, long name, int classSize, long classInit, int instanceSize, long instanceInit, int flags);

    long g_enum_register_static(long name, long values);

    void g_object_class_install_property(long objectClass, int id, long specification);

    long g_object_class_find_property(long objectClass, long name);

    void g_object_get_property(long object, long name, long value);

    void g_object_set_property(long object, long name, long value);

    long g_param_spec_string(long name, long nick, long blurb, long initial, int flags);

    long g_param_spec_int(long name, long nick, long blurb, int minimum, int maximum, int initial, int flags);

    long g_param_spec_uint64(long name, long nick, long blurb, long minimum, long maximum, long initial, int flags);

    long g_param_spec_double(
            long name, long nick, long blurb, double minimum, double maximum, double initial, int flags);

    long g_param_spec_enum(long name, long nick, long blurb, long type, int initial, int flags);

    long g_value_init(long value, long type);

    void g_value_reset(long value);

    void g_value_unset(long value);

    int g_value_transform(long from, long to);

    long g_value_get_object(long value);

    void g_value_set_object(long value, long object);

    long g_value_get_boxed(long value);

    void g_value_set_boxed(long value, long boxed);

    long g_value_get_string(long value);

    int g_value_get_int(long value);

    long g_value_get_uint64(long value);

    double g_value_get_double(long value);

    int g_value_get_enum(long value);

    void g_value_set_string(long value, long text);

    void g_value_set_int(long value, int number);

    void g_value_set_uint64(long value, long number);

    void g_value_set_double(long value, double number);

    void g_value_set_enum(long value, int number);

    long g_signal_connect_data(long instance, long signal, long handler, long data, long destroyData, int flags);

    int g_signal_lookup(long name, long type);

    void g_signal_emitv(long values, int signal, int detail, long result);

    long g_object_ref(long object);

    void g_object_unref(long object);
}
