/*
 * A GStreamer program that knows nothing of Java, for PluginInHostsTest: the first word says what it does with the element. It
 * prints what the test compares. No GStreamer headers, as the plugin itself.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <jni.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { NULL_STATE = 1, READY = 2, PAUSED = 3, PLAYING = 4, FORMAT_TIME = 3, SEEK_FLUSH = 1, MESSAGE_EOS = 1, MESSAGE_ERROR = 2 };

void gst_init(int *, char ***);
void *gst_element_factory_make(const char *factory, const char *name);
void *gst_parse_launch(const char *text, void **error);
void *gst_bin_get_by_name(void *bin, const char *name);
void *gst_element_get_bus(void *element);
void *gst_bus_timed_pop_filtered(void *bus, uint64_t timeout, int types);
void gst_message_parse_error(void *message, void **error, char **debug);
void gst_mini_object_unref(void *);
int gst_element_set_state(void *element, int state);
int gst_element_get_state(void *element, int *state, int *pending, uint64_t timeout);
int gst_element_seek_simple(void *element, int format, int flags, int64_t position);
void gst_deinit(void);
void gst_object_unref(void *);
void *gst_object_ref_sink(void *);
void g_object_get(void *, const char *, ...);

static void *element(void) {
  void *made = gst_element_factory_make("midframe", NULL);
  if (!made) {
    puts("no element");
    exit(1);
  }
  return gst_object_ref_sink(made);
}

static void *pipeline(const char *text) {
  void *error = NULL;
  void *made = gst_parse_launch(text, &error);
  if (!made || error) {
    puts("no pipeline");
    exit(1);
  }
  return made;
}

/* Plays to the end; whether that was a good one. Prints what the element says of a bad one. */
static int play(void *made) {
  void *bus = gst_element_get_bus(made);
  gst_element_set_state(made, PLAYING);
  void *message = gst_bus_timed_pop_filtered(bus, UINT64_MAX, MESSAGE_EOS | MESSAGE_ERROR);
  int good = ((int *)message)[16] == MESSAGE_EOS; /* GstMessage.type */
  if (!good) {
    struct { unsigned domain; int code; char *message; } *error;
    gst_message_parse_error(message, (void **)&error, NULL);
    puts(error->message);
  }
  gst_mini_object_unref(message);
  gst_object_unref(bus);
  gst_element_set_state(made, NULL_STATE);
  gst_object_unref(made);
  return good;
}

static void *handler_of(int number) {
  struct sigaction action;
  sigaction(number, NULL, &action);
  return (void *)action.sa_handler;
}

/* What belongs to the process as a whole stays as the host set it. */
static int unchanged(void) {
  static const int SIGNALS[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGXFSZ, SIGCHLD};
  setlocale(LC_ALL, "C");
  struct rlimit before = {256, 512}, after;
  setrlimit(RLIMIT_NOFILE, &before);
  void *handlers[6];
  for (int i = 0; i < 6; i++) {
    handlers[i] = handler_of(SIGNALS[i]);
  }
  gst_object_unref(element());
  getrlimit(RLIMIT_NOFILE, &after);
  printf("locale %s\ndescriptors %ld\n", setlocale(LC_ALL, NULL), (long)after.rlim_cur);
  for (int i = 0; i < 6; i++) {
    printf("signal %d %s\n", SIGNALS[i], handlers[i] == handler_of(SIGNALS[i]) ? "unchanged" : "changed");
  }
  return 0;
}

/* A plugin that is loaded once a JVM runs must leave it its SIGSEGV handler. */
static int later_plugin(void) {
  gst_object_unref(element());
  void *before = handler_of(SIGSEGV);
  void *other = gst_object_ref_sink(gst_element_factory_make("videocrop", NULL));
  gst_object_unref(other);
  printf("handler %s\n", before != (void *)SIG_DFL && before == handler_of(SIGSEGV) ? "kept" : "lost");
  return !play(pipeline("videotestsrc num-buffers=3 ! videocrop left=2 ! midframe ! fakesink"));
}

static void on_own_fault(int number) {
  (void)number;
  _exit(4);
}

/* Takes SIGSEGV for itself once the element is there, as gst-validate-1.0 does, and faults at the end. */
static int own_faults(void) {
  void *made = pipeline("videotestsrc num-buffers=9 ! video/x-raw,width=64,height=64 ! midframe ! fakesink");
  signal(SIGSEGV, on_own_fault);
  int good = play(made);
  printf("handler %s\n", handler_of(SIGSEGV) == (void *)on_own_fault ? "the host's" : "Java's");
  fflush(stdout);
  if (good) {
    *(volatile int *)NULL = 1;
  }
  return 1;
}

static pthread_barrier_t both;

static void *make_one(void *unused) {
  (void)unused;
  pthread_barrier_wait(&both);
  return element();
}

static int two_threads(void) {
  pthread_t threads[2];
  pthread_barrier_init(&both, NULL, 2);
  for (int i = 0; i < 2; i++) {
    pthread_create(&threads[i], NULL, make_one, NULL);
  }
  for (int i = 0; i < 2; i++) {
    void *made;
    int depth = 0;
    pthread_join(threads[i], &made);
    g_object_get(made, "depth", &depth, NULL);
    printf("depth %d\n", depth);
    gst_object_unref(made);
  }
  return 0;
}

static int count_files(const char *folder) {
  DIR *open = opendir(folder);
  int count = 0;
  while (readdir(open)) {
    count++;
  }
  closedir(open);
  return count;
}

static long resident_kilobytes(void) {
  char line[256];
  long kilobytes = 0;
  FILE *status = fopen("/proc/self/status", "re");
  while (fgets(line, sizeof line, status)) {
    sscanf(line, "VmRSS: %ld", &kilobytes);
  }
  fclose(status);
  return kilobytes;
}

/* So many pipelines one after the other, and what the process holds after each of two halves. */
static int many(int count, const char *text) {
  for (int i = 1; i <= count; i++) {
    if (!play(pipeline(text))) {
      return 1;
    }
    if (i == count / 2 || i == count) {
      printf("%ld %d %d\n", resident_kilobytes(), count_files("/proc/self/task"), count_files("/proc/self/fd"));
    }
  }
  return 0;
}

/* Ends the process by exit() while frames are made. */
static int leave(const char *text) {
  void *made = pipeline(text);
  void *midframe = gst_bin_get_by_name(made, "m");
  gst_element_set_state(made, PLAYING);
  uint64_t generated = 0;
  while (generated < 3) {
    g_object_get(midframe, "frames-generated", &generated, NULL);
    nanosleep(&(struct timespec){0, 1000000}, NULL);
  }
  exit(3);
}

/* How long a pipeline takes to stop, in milliseconds, while pairs are in flight that take far longer. */
static int stop(const char *text) {
  void *made = pipeline(text);
  void *midframe = gst_bin_get_by_name(made, "m");
  gst_element_set_state(made, PLAYING);
  uint64_t came = 0;
  while (came < 6) {
    g_object_get(midframe, "frames-in", &came, NULL);
    nanosleep(&(struct timespec){0, 1000000}, NULL);
  }
  struct timespec before, after;
  clock_gettime(CLOCK_MONOTONIC, &before);
  gst_element_set_state(made, NULL_STATE);
  clock_gettime(CLOCK_MONOTONIC, &after);
  printf("%ld\n", (after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1000000);
  gst_object_unref(midframe);
  gst_object_unref(made);
  return 0;
}

/* What a player's user does with a film: pauses, seeks in both states, and stops it in each way. */
static int scrub(const char *text) {
  static const int STATES[] = {PAUSED, PLAYING, PAUSED, READY, PLAYING, NULL_STATE, PLAYING, NULL_STATE};
  void *made = pipeline(text);
  for (int i = 0; i < 8; i++) {
    if (!gst_element_set_state(made, STATES[i])) {
      return 1;
    }
    for (int64_t second = 9; STATES[i] >= PAUSED && second > 0; second -= 4) {
      gst_element_get_state(made, NULL, NULL, UINT64_MAX);
      if (!gst_element_seek_simple(made, FORMAT_TIME, SEEK_FLUSH, second * 1000000000)) {
        return 1;
      }
    }
  }
  gst_object_unref(made);
  gst_deinit();
  puts("done");
  return 0;
}

/* Has a JVM of its own before it makes the element; the further words are its options. */
static int with_jvm(int count, char **words) {
  void *library = dlopen(words[0], RTLD_NOW | RTLD_GLOBAL);
  jint (*create)(JavaVM **, void **, void *) = dlsym(library, "JNI_CreateJavaVM");
  JavaVMOption options[8] = {0};
  for (int i = 1; i < count; i++) {
    options[i - 1].optionString = words[i];
  }
  JavaVMInitArgs arguments = {JNI_VERSION_10, count - 1, options, JNI_FALSE};
  JavaVM *vm;
  JNIEnv *env;
  if (create(&vm, (void **)&env, &arguments) != JNI_OK) {
    puts("no JVM");
    return 1;
  }
  return !play(pipeline("videotestsrc num-buffers=3 ! video/x-raw,width=64,height=64 ! midframe ! fakesink"));
}

int main(int count, char **words) {
  const char *what = count > 1 ? words[1] : "";
  gst_init(NULL, NULL);
  if (!strcmp(what, "unchanged")) {
    return unchanged();
  } else if (!strcmp(what, "later-plugin")) {
    return later_plugin();
  } else if (!strcmp(what, "own-faults")) {
    return own_faults();
  } else if (!strcmp(what, "two-threads")) {
    return two_threads();
  } else if (!strcmp(what, "many")) {
    return many(atoi(words[2]), words[3]);
  } else if (!strcmp(what, "leave")) {
    return leave(words[2]);
  } else if (!strcmp(what, "stop")) {
    return stop(words[2]);
  } else if (!strcmp(what, "scrub")) {
    return scrub(words[2]);
  } else if (!strcmp(what, "with-jvm")) {
    return with_jvm(count - 2, words + 2);
  }
  return 2;
}
