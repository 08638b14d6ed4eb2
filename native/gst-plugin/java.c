#define _GNU_SOURCE
#include "java.h"

#include <dlfcn.h>
#include <jni.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_OPTIONS 64
#define HOOKS 3
#define FIXED_OPTIONS 3
#define CLASS "dev/midframe/plugin/HostProgram"
#define CLASS_PATH "-Djava.class.path="
#define OLDEST_JNI 0x00180000 /* JDK 24; nothing newer was added in 25 */
#define REMEDY "; run: midframe plugin install"

static struct {
  void *parent_class;
  struct java_functions *functions;
  char *jdk;
  JavaVMOption options[HOOKS + MAX_OPTIONS + FIXED_OPTIONS];
  int count;
  const char *class_path;
  pthread_mutex_t lock;
  pthread_cond_t ended;
  int done;
  char failure[1024];
  char last_words[512]; /* what the JVM printed last before it gave up */
  struct sigaction java_faults, host_faults;
  int (*is_java_fault)(int, siginfo_t *, void *, int);
} job = {.lock = PTHREAD_MUTEX_INITIALIZER, .ended = PTHREAD_COND_INITIALIZER};

__attribute__((format(printf, 1, 2))) static int fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(job.failure, sizeof job.failure, format, arguments);
  va_end(arguments);
  for (char *c = job.failure; *c; c++) {
    *c = *c == '\n' ? ' ' : *c;
  }
  return 0;
}

static char *read_file(const char *path) {
  FILE *file = fopen(path, "re");
  char *text = NULL;
  size_t size = 0;
  if (file) {
    if (getdelim(&text, &size, '\0', file) < 0) {
      free(text);
      text = NULL;
    }
    fclose(file);
  }
  return text;
}

/* Whether a folder has a JDK of 25 or later with the Vector API's module; says why not. */
static int is_jdk(const char *folder) {
  char path[4096];
  snprintf(path, sizeof path, "%s/release", folder);
  char *release = read_file(path);
  const char *version = release ? strstr(release, "JAVA_VERSION=\"") : NULL;
  int usable = version && atoi(version + 14) >= 25 && strstr(release, "jdk.incubator.vector");
  if (!usable) {
    fail("%s is no JDK of 25 or later with the module jdk.incubator.vector%s", folder, REMEDY);
  }
  free(release);
  return usable;
}

/* The options file: the JDK's folder, then an option a line. Its text lives as long as the process. */
static int read_options(void) {
  Dl_info self;
  char path[4096];
  if (!dladdr((void *)read_options, &self)) {
    return fail("the plugin does not know its own path%s", REMEDY);
  }
  const char *dot = strrchr(self.dli_fname, '.');
  snprintf(path, sizeof path, "%.*s.options", (int)(dot - self.dli_fname), self.dli_fname);
  char *text = read_file(path);
  if (!text) {
    return fail("%s cannot be read%s", path, REMEDY);
  }
  char *rest = text;
  job.jdk = strsep(&rest, "\n");
  for (char *line; job.count < MAX_OPTIONS + HOOKS && (line = strsep(&rest, "\n"));) {
    if (*line) {
      job.options[job.count++].optionString = line;
      if (!strncmp(line, CLASS_PATH, strlen(CLASS_PATH))) {
        job.class_path = line + strlen(CLASS_PATH);
      }
    }
  }
  if (!job.class_path) {
    return fail("%s names no " CLASS_PATH "…%s", path, REMEDY);
  }
  const char *home = getenv("JAVA_HOME");
  if (!is_jdk(job.jdk) && home && is_jdk(home)) {
    job.jdk = (char *)home;
    job.failure[0] = 0;
  }
  return !job.failure[0];
}

static void finish(void) {
  pthread_mutex_lock(&job.lock);
  job.done = 1;
  pthread_cond_broadcast(&job.ended);
  pthread_mutex_unlock(&job.lock);
}

/* A JVM that cannot start would end the process: its thread is parked instead, and the host lives on. */
static void give_up(void) {
  fail("the JVM cannot start: %s", job.last_words[0] ? job.last_words : "it gave no reason");
  finish();
  for (;;) {
    pause();
  }
}

static void give_up_with_status(int status) {
  (void)status;
  give_up();
}

static int hear(FILE *stream, const char *format, va_list arguments) {
  if (job.done || (stream != stdout && stream != stderr)) {
    return vfprintf(stream, format, arguments);
  }
  char words[sizeof job.last_words];
  int length = vsnprintf(words, sizeof words, format, arguments);
  if (!job.last_words[0] && strspn(words, " \n") < strlen(words)) {
    strcpy(job.last_words, words);
  }
  return length;
}

static void option(const char *text, void *extra) {
  job.options[job.count].optionString = (char *)text;
  job.options[job.count++].extraInfo = extra;
}

static JNIEnv *create(void) {
  char path[4096];
  snprintf(path, sizeof path, "%s/lib/server/libjvm.so", job.jdk);
  void *library = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
  jint (*create_vm)(JavaVM **, void **, void *) = library ? dlsym(library, "JNI_CreateJavaVM") : NULL;
  if (!create_vm) {
    fail("%s cannot be loaded: %s", path, dlerror());
    return NULL;
  }
  option("-Xrs", NULL);             /* the host's Ctrl-C stays the host's */
  option("-XX:-MaxFDLimit", NULL);  /* so does its limit of open files */
  option("-XX:-UsePerfData", NULL); /* no file in /tmp */
  JavaVMInitArgs arguments = {JNI_VERSION_10, job.count, job.options, JNI_FALSE};
  JavaVM *vm;
  JNIEnv *env;
  if (create_vm(&vm, (void **)&env, &arguments) != JNI_OK) {
    fail("the JVM cannot start: %s", job.last_words[0] ? job.last_words : "it gave no reason");
    return NULL;
  }
  return env;
}

/* The JVM that the host has already, if any; joined only where it is new enough. */
static JNIEnv *join(int *found) {
  JavaVM *vm;
  JNIEnv *env;
  jsize count = 0;
  void *library = dlopen("libjvm.so", RTLD_NOW | RTLD_NOLOAD);
  jint (*created)(JavaVM **, jsize, jsize *) = library ? dlsym(library, "JNI_GetCreatedJavaVMs") : NULL;
  *found = created && created(&vm, 1, &count) == JNI_OK && count > 0;
  if (!*found) {
    return NULL;
  }
  if ((*vm)->AttachCurrentThreadAsDaemon(vm, (void **)&env, NULL) != JNI_OK || (*env)->GetVersion(env) < OLDEST_JNI) {
    fail("this program runs a JVM that is older than 25; run it with a JDK 25");
    return NULL;
  }
  return env;
}

/* What Java threw, as the failure. */
static int thrown(JNIEnv *env) {
  jthrowable exception = (*env)->ExceptionOccurred(env);
  (*env)->ExceptionClear(env);
  if (!exception) {
    return fail("Java failed without an exception");
  }
  jmethodID to_string = (*env)->GetMethodID(env, (*env)->GetObjectClass(env, exception), "toString", "()Ljava/lang/String;");
  jstring text = (*env)->CallObjectMethod(env, exception, to_string);
  const char *words = text ? (*env)->GetStringUTFChars(env, text, NULL) : NULL;
  return fail("%s%s", words ? words : "Java failed", REMEDY);
}

/* Our class through a loader of its own, in a JVM whose class path is the host's. */
static jclass load(JNIEnv *env) {
  jclass url_class = (*env)->FindClass(env, "java/net/URL");
  jclass file_class = (*env)->FindClass(env, "java/io/File");
  jclass uri_class = (*env)->FindClass(env, "java/net/URI");
  jclass loader_class = (*env)->FindClass(env, "java/net/URLClassLoader");
  jmethodID new_file = (*env)->GetMethodID(env, file_class, "<init>", "(Ljava/lang/String;)V");
  jmethodID to_uri = (*env)->GetMethodID(env, file_class, "toURI", "()Ljava/net/URI;");
  jmethodID to_url = (*env)->GetMethodID(env, uri_class, "toURL", "()Ljava/net/URL;");
  jmethodID new_loader = (*env)->GetMethodID(env, loader_class, "<init>", "([Ljava/net/URL;)V");
  jmethodID load_class = (*env)->GetMethodID(env, loader_class, "loadClass", "(Ljava/lang/String;)Ljava/lang/Class;");
  jsize count = 1;
  for (const char *c = job.class_path; *c; c++) {
    count += *c == ':';
  }
  jobjectArray urls = (*env)->NewObjectArray(env, count, url_class, NULL);
  char *paths = strdup(job.class_path), *rest = paths;
  for (jsize i = 0; i < count; i++) {
    jobject file = (*env)->NewObject(env, file_class, new_file, (*env)->NewStringUTF(env, strsep(&rest, ":")));
    jobject uri = (*env)->CallObjectMethod(env, file, to_uri);
    (*env)->SetObjectArrayElement(env, urls, i, (*env)->CallObjectMethod(env, uri, to_url));
  }
  free(paths);
  jobject loader = (*env)->NewObject(env, loader_class, new_loader, urls);
  char name[] = CLASS;
  for (char *c = name; *c; c++) {
    *c = *c == '/' ? '.' : *c;
  }
  return (*env)->ExceptionCheck(env) ? NULL : (*env)->CallObjectMethod(env, loader, load_class, (*env)->NewStringUTF(env, name));
}

static int open_java(void) {
  int joined;
  JNIEnv *env = join(&joined);
  if (!env && (joined || !(env = create()))) {
    return 0;
  }
  jclass ours = joined ? load(env) : (*env)->FindClass(env, CLASS);
  jmethodID open = ours ? (*env)->GetStaticMethodID(env, ours, "open", "(JJ)Ljava/lang/String;") : NULL;
  jstring reason = NULL;
  if (open) {
    reason =
        (*env)->CallStaticObjectMethod(env, ours, open, (jlong)(intptr_t)job.parent_class, (jlong)(intptr_t)job.functions);
  }
  int opened = open && !reason && !(*env)->ExceptionCheck(env);
  if (reason) {
    const char *words = (*env)->GetStringUTFChars(env, reason, NULL);
    fail("%s", words ? words : "Java failed");
  } else if (!opened) {
    thrown(env);
  }
  sigaction(SIGSEGV, NULL, &job.java_faults);
  job.is_java_fault = dlsym(dlopen("libjvm.so", RTLD_NOW | RTLD_NOLOAD), "JVM_handle_linux_signal");
  JavaVM *vm;
  (*env)->GetJavaVM(env, &vm);
  (*vm)->DetachCurrentThread(vm);
  return opened;
}

static void on_fault(int number, siginfo_t *info, void *context) {
  if (job.is_java_fault(number, info, context, 0)) {
    return;
  }
  if (job.host_faults.sa_flags & SA_SIGINFO) {
    job.host_faults.sa_sigaction(number, info, context);
  } else if (job.host_faults.sa_handler == SIG_DFL || job.host_faults.sa_handler == SIG_IGN) {
    signal(number, SIG_DFL); /* what faulted does so again, and ends the process */
  } else {
    job.host_faults.sa_handler(number);
  }
}

void java_keep_faults(void) {
  struct sigaction now;
  pthread_mutex_lock(&job.lock);
  sigaction(SIGSEGV, NULL, &now);
  if (job.is_java_fault && now.sa_sigaction != job.java_faults.sa_sigaction && now.sa_sigaction != on_fault) {
    job.host_faults = now;
    now = job.java_faults;
    now.sa_sigaction = on_fault;
    sigaction(SIGSEGV, &now, NULL);
  }
  pthread_mutex_unlock(&job.lock);
}

static void *run(void *unused) {
  (void)unused;
  open_java();
  finish();
  return NULL;
}

/* -Xrs leaves two signals to the JVM that a host in a pipe needs, and Java sets the whole process's locale. */
static void run_beside(void) {
  struct sigaction pipe_action, size_action;
  sigaction(SIGPIPE, NULL, &pipe_action);
  sigaction(SIGXFSZ, NULL, &size_action);
  char *locale = strdup(setlocale(LC_ALL, NULL));
  pthread_t thread;
  if (pthread_create(&thread, NULL, run, NULL)) {
    fail("no thread can be made for the JVM");
  } else {
    pthread_detach(thread);
    pthread_mutex_lock(&job.lock);
    while (!job.done) {
      pthread_cond_wait(&job.ended, &job.lock);
    }
    pthread_mutex_unlock(&job.lock);
  }
  setlocale(LC_ALL, locale);
  free(locale);
  sigaction(SIGPIPE, &pipe_action, NULL);
  sigaction(SIGXFSZ, &size_action, NULL);
}

const char *java_open(void *parent_class, struct java_functions *functions) {
  job.parent_class = parent_class;
  job.functions = functions;
  /* First, so that what is wrong with the others is heard. */
  option("vfprintf", hear);
  option("abort", give_up);
  option("exit", give_up_with_status);
  if (read_options()) {
    run_beside();
  }
  return job.failure[0] ? job.failure : NULL;
}
