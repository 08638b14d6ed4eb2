/* A JVM in a host program that knows nothing of it. */
#ifndef MIDFRAME_JAVA_H
#define MIDFRAME_JAVA_H

/* What Java has the plugin call when GObject sets up the class and an instance. */
struct java_functions {
  void (*init_class)(void *klass, void *data);
  void (*init_instance)(void *instance, void *klass);
};

/*
 * Starts a JVM with the options that stand beside this library, or joins the one that the host has, and asks Java for its
 * functions. Call it once.
 *
 * Returns NULL, or what is wrong and what to do in one line that lives as long as the process.
 */
const char *java_open(void *parent_class, struct java_functions *functions);

/*
 * Makes faults Java's again where the host has taken SIGSEGV for itself since, as gst-validate-1.0 does; those that are not
 * Java's go to the host. Call it before Java works. Any thread may.
 */
void java_keep_faults(void);

#endif
