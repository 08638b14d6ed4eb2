/*
 * Does to a window what its user would, for PlayWindowTest: window TITLE key NAME, window TITLE click X Y BUTTON, or window
 * TITLE close. Waits for a window whose title begins so. No X headers.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct display Display;
typedef unsigned long XID;

enum { KEY_PRESS = 2, BUTTON_PRESS = 4, CLIENT_MESSAGE = 33, KEY_PRESS_MASK = 1, BUTTON_PRESS_MASK = 4 };

/* XKeyEvent and XButtonEvent, which have the same fields, and XClientMessageEvent. */
typedef union {
  struct {
    int type;
    unsigned long serial;
    int send_event;
    Display *display;
    XID window, root, subwindow, time;
    int x, y, x_root, y_root;
    unsigned state, detail;
    int same_screen;
  } input;
  struct {
    int type;
    unsigned long serial;
    int send_event;
    Display *display;
    XID window, message_type;
    int format;
    long data[5];
  } message;
  long padding[24];
} Event;

Display *XOpenDisplay(const char *);
XID XDefaultRootWindow(Display *);
int XQueryTree(Display *, XID, XID *root, XID *parent, XID **children, unsigned *count);
int XFetchName(Display *, XID, char **);
XID XInternAtom(Display *, const char *, int);
XID XStringToKeysym(const char *);
unsigned char XKeysymToKeycode(Display *, XID);
int XSendEvent(Display *, XID, int propagate, long mask, Event *);
int XSync(Display *, int);

static XID find(Display *display, XID window, const char *title) {
  XID root, parent, *children, found = 0;
  unsigned count;
  char *name = NULL;
  if (XFetchName(display, window, &name) && !strncmp(name, title, strlen(title))) {
    return window;
  }
  if (XQueryTree(display, window, &root, &parent, &children, &count)) {
    for (unsigned i = 0; !found && i < count; i++) {
      found = find(display, children[i], title);
    }
  }
  return found;
}

int main(int count, char **words) {
  Display *display = XOpenDisplay(NULL);
  if (!display || count < 3) {
    return 2;
  }
  XID window;
  while (!(window = find(display, XDefaultRootWindow(display), words[1]))) {
    nanosleep(&(struct timespec){0, 50000000}, NULL);
  }
  Event event = {.input = {.display = display, .window = window, .root = XDefaultRootWindow(display), .same_screen = 1}};
  long mask = 0;
  if (!strcmp(words[2], "key")) {
    event.input.type = KEY_PRESS;
    event.input.detail = XKeysymToKeycode(display, XStringToKeysym(words[3]));
    mask = KEY_PRESS_MASK;
  } else if (!strcmp(words[2], "click")) {
    event.input.type = BUTTON_PRESS;
    event.input.x = atoi(words[3]);
    event.input.y = atoi(words[4]);
    event.input.detail = atoi(words[5]);
    mask = BUTTON_PRESS_MASK;
  } else {
    memset(&event, 0, sizeof event);
    event.message.type = CLIENT_MESSAGE;
    event.message.window = window;
    event.message.message_type = XInternAtom(display, "WM_PROTOCOLS", 0);
    event.message.format = 32;
    event.message.data[0] = XInternAtom(display, "WM_DELETE_WINDOW", 0);
  }
  XSendEvent(display, window, 0, mask, &event);
  XSync(display, 0);
  return 0;
}
