# A program in Python that plays with the element until Ctrl-C, for PluginInHostsTest.
import time

import gi

gi.require_version("Gst", "1.0")
from gi.repository import Gst

Gst.init(None)
pipeline = Gst.parse_launch("videotestsrc is-live=true ! video/x-raw,width=64,height=64 ! midframe name=m ! fakesink")
pipeline.set_state(Gst.State.PLAYING)
midframe = pipeline.get_by_name("m")
try:
    while midframe.props.frames_generated == 0:
        time.sleep(0.01)
    print("plays", flush=True)
    while True:
        time.sleep(1)
except KeyboardInterrupt:
    pipeline.set_state(Gst.State.NULL)
    print("interrupted", flush=True)
