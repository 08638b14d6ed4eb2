/*
 * The part of GStreamer's and GObject's binary interface that the plugin uses, by their manuals: functions, the values of
 * enumerations, and three structures. 64-bit.
 */
#ifndef MIDFRAME_ABI_H
#define MIDFRAME_ABI_H

#include <stddef.h>
#include <stdint.h>

typedef size_t gtype;

enum { GST_PAD_SRC = 1, GST_PAD_SINK = 2 };
enum { GST_PAD_ALWAYS = 0 };
enum { GST_RANK_NONE = 0 };
enum { GST_MESSAGE_ERROR = 2 };
enum { GST_LIBRARY_ERROR_INIT = 3 };
enum { GST_STATE_CHANGE_FAILURE = 0 };
/* Where GstElementClass holds its function change_state. */
enum { GST_ELEMENT_CLASS_CHANGE_STATE = 272 };

struct g_type_query {
  gtype type;
  const char *name;
  unsigned class_size;
  unsigned instance_size;
};

struct gst_plugin_desc {
  int major, minor;
  const char *name, *description;
  int (*init)(void *plugin);
  const char *version, *license, *source, *package, *origin, *release_date_time;
  void *reserved[4];
};

gtype gst_base_transform_get_type(void);
void g_type_query(gtype, struct g_type_query *);
void *g_type_class_peek_parent(void *klass);
gtype g_type_register_static_simple(gtype parent, const char *name, unsigned class_size, void (*class_init)(void *, void *),
                                    unsigned instance_size, void (*instance_init)(void *, void *), unsigned flags);
char *g_strdup(const char *);

void *gst_registry_get(void);
void *gst_registry_lookup_feature(void *registry, const char *name);
void gst_object_unref(void *);
void gst_segtrap_set_enabled(int);
int gst_element_register(void *plugin, const char *name, unsigned rank, gtype);
void gst_element_class_set_static_metadata(void *klass, const char *name, const char *kind, const char *description,
                                           const char *author);
void gst_element_class_add_pad_template(void *klass, void *pad_template);
void *gst_pad_template_new(const char *name, int direction, int presence, void *caps);
void *gst_caps_from_string(const char *);
void gst_mini_object_unref(void *);
unsigned gst_library_error_quark(void);
void gst_element_message_full(void *element, int type, unsigned domain, int code, char *text, char *debug, const char *file,
                              const char *function, int line);
void gst_printerrln(const char *format, ...);

#endif
