"""The desktop's side of xdg-desktop-portal, for CaptureCommandTest: shares a film that it plays into PipeWire.

Answers as the words of its command line say: "yes", or "no" for a user who closes the dialog. Prints what it is asked for.
"""

import json
import subprocess
import sys

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib

NAME = "org.freedesktop.impl.portal.desktop.midframe"
NODE = "midframe-film"
FILM = (
    "videotestsrc is-live=true pattern=ball ! video/x-raw,format=BGRx,width=320,height=180,framerate=30/1"
    " ! pipewiresink mode=provide stream-properties=p,media.class=Video/Source,node.name=" + NODE
)
REQUEST = '<arg type="o" direction="in"/><arg type="o" direction="in"/><arg type="s" direction="in"/>'
ANSWER = '<arg type="a{sv}" direction="in"/><arg type="u" direction="out"/><arg type="a{sv}" direction="out"/>'
INTERFACES = f"""
<node>
  <interface name="org.freedesktop.impl.portal.ScreenCast">
    <method name="CreateSession">{REQUEST}{ANSWER}</method>
    <method name="SelectSources">{REQUEST}{ANSWER}</method>
    <method name="Start">{REQUEST}<arg type="s" direction="in"/>{ANSWER}</method>
    <property name="AvailableSourceTypes" type="u" access="read"/>
    <property name="AvailableCursorModes" type="u" access="read"/>
    <property name="version" type="u" access="read"/>
  </interface>
  <interface name="org.freedesktop.impl.portal.Session">
    <method name="Close"/>
    <signal name="Closed"/>
    <property name="version" type="u" access="read"/>
  </interface>
</node>
"""
PROPERTIES = {"AvailableSourceTypes": 1, "AvailableCursorModes": 3, "version": 4}

consents = sys.argv[1] == "yes"
bus = Gio.bus_get_sync(Gio.BusType.SESSION)
screen_cast, session = Gio.DBusNodeInfo.new_for_xml(INTERFACES).interfaces
film = subprocess.Popen(["gst-launch-1.0", "-q", *FILM.split(" ")])


def node_of_film():
    while True:
        for found in json.loads(subprocess.check_output(["pw-dump"])):
            if found.get("info", {}).get("props", {}).get("node.name") == NODE:
                return found["id"]


def property_of(*asked):
    return GLib.Variant("u", PROPERTIES[asked[4]])


def close_session(*call):
    print("session closed", flush=True)
    call[-1].return_value(None)


def call_screen_cast(connection, sender, path, interface, method, parameters, call):
    words = parameters.unpack()
    options = words[-1]
    answer = {}
    if method == "CreateSession":
        bus.register_object(words[1], session, close_session, property_of, None)
    elif method == "SelectSources":
        restored = options.get("restore_data", ("", 0, "none"))[2]
        print(f"types {options['types']} pointer {options.get('cursor_mode', 1)} restored {restored}", flush=True)
    elif consents:
        answer = {
            "streams": GLib.Variant("a(ua{sv})", [(node_of_film(), {})]),
            "persist_mode": GLib.Variant("u", 2),
            "restore_data": GLib.Variant("(suv)", ("midframe", 1, GLib.Variant("s", "film"))),
        }
    code = 1 if method == "Start" and not consents else 0
    call.return_value(GLib.Variant("(ua{sv})", (code, answer)))


bus.register_object("/org/freedesktop/portal/desktop", screen_cast, call_screen_cast, property_of, None)
Gio.bus_own_name_on_connection(
    bus, NAME, 0, lambda *owned: print("ready", flush=True), lambda *lost: sys.exit("the name is taken")
)
bus.connect("closed", lambda *closed: (film.terminate(), sys.exit(0)))
bus.set_exit_on_close(False)
GLib.MainLoop().run()
