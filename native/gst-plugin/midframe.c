/*
 * libgstmidframe.so: the element `midframe` for every GStreamer program.
 *
 * The element is written in Java (dev.midframe.element). This file makes it known to GStreamer and starts a JVM in the host
 * program when the first instance is made; a scan of plugins starts none. What it needs to know stands in a file beside it,
 * libgstmidframe.options: the JDK's folder, then one JVM option a line (written at installation).
 *
 * No GStreamer headers: the few functions used are declared in abi.h, and the libraries are linked by their runtime names, so
 * that a C compiler is all it takes.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>

#include "abi.h"
#include "java.h"

#define ELEMENT "midframe"

static const char *const METADATA[] = {"FILM frame interpolation", "Filter/Effect/Video",
                                       "Multiplies the frame rate with frames made by FILM", "The Midframe authors"};

/* The formats of dev.midframe.video.PixelFormat. */
static const char CAPS[] =
    "video/x-raw, format=(string){ I420, NV12, Y42B, Y444, I420_10LE, P010_10LE, RGB, RGBx, BGRx }, "
    "width=(int)[ 1, 2147483647 ], height=(int)[ 1, 2147483647 ], "
    "framerate=(fraction)[ 0/1, 2147483647/1 ]";

typedef int change_state_function(void *element, int transition);

static struct java_functions java;
static change_state_function *change_state_in_java;
static const char *failure;

static void add_pad(void *klass, const char *name, int direction, void *caps) {
  gst_element_class_add_pad_template(klass, gst_pad_template_new(name, direction, GST_PAD_ALWAYS, caps));
}

/* What a registry keeps of the element; needs no Java. */
static void describe(void *klass, void *data) {
  (void)data;
  gst_element_class_set_static_metadata(klass, METADATA[0], METADATA[1], METADATA[2], METADATA[3]);
  void *caps = gst_caps_from_string(CAPS);
  add_pad(klass, "sink", GST_PAD_SINK, caps);
  add_pad(klass, "src", GST_PAD_SRC, caps);
  gst_mini_object_unref(caps);
}

/* The state change of an element that has no Java: it says why and fails. */
static int refuse(void *element, int transition) {
  (void)transition;
  gst_element_message_full(element, GST_MESSAGE_ERROR, gst_library_error_quark(), GST_LIBRARY_ERROR_INIT, g_strdup(failure), NULL,
                           __FILE__, __func__, __LINE__);
  return GST_STATE_CHANGE_FAILURE;
}

static int change_state(void *element, int transition) {
  java_keep_faults();
  return change_state_in_java(element, transition);
}

static void init_class(void *klass, void *data) {
  change_state_function **slot = (change_state_function **)((char *)klass + GST_ELEMENT_CLASS_CHANGE_STATE);
  failure = java_open(g_type_class_peek_parent(klass), &java);
  if (!failure) {
    java.init_class(klass, data);
    change_state_in_java = *slot;
    *slot = change_state;
    return;
  }
  gst_printerrln(ELEMENT ": %s", failure); /* before the host can say "no property" */
  describe(klass, data);
  *slot = refuse;
}

static void init_instance(void *instance, void *klass) {
  if (!failure) {
    java.init_instance(instance, klass);
  }
}

static gtype register_type(const char *name, void (*class_init)(void *, void *), void (*instance_init)(void *, void *)) {
  struct g_type_query parent;
  gtype base = gst_base_transform_get_type();
  g_type_query(base, &parent);
  return g_type_register_static_simple(base, name, parent.class_size, class_init, parent.instance_size, instance_init, 0);
}

/*
 * Two types under one name: registering the first makes its class, from which the registry takes the metadata; registering
 * the second only replaces the type of the feature that is there, and its class, with Java, is made by the first instance.
 */
static int init_plugin(void *plugin) {
  void *known = gst_registry_lookup_feature(gst_registry_get(), ELEMENT);
  if (known) {
    gst_object_unref(known);
    /* This is no scan. Plugins loaded after a JVM runs must not take its SIGSEGV handler away. */
    gst_segtrap_set_enabled(0);
  }
  return gst_element_register(plugin, ELEMENT, GST_RANK_NONE, register_type("MidframeDescription", describe, NULL)) &&
         gst_element_register(plugin, ELEMENT, GST_RANK_NONE, register_type("MidframePlugin", init_class, init_instance));
}

__attribute__((visibility("default"))) const struct gst_plugin_desc *gst_plugin_midframe_get_desc(void) {
  static const struct gst_plugin_desc description = {
      .major = 1,
      .minor = 20,
      .name = ELEMENT,
      .description = "Frame interpolation with FILM",
      .init = init_plugin,
      .version = MIDFRAME_VERSION,
      .license = "Apache 2.0",
      .source = ELEMENT,
      .package = "Midframe",
      .origin = "Unknown package origin",
  };
  return &description;
}
