"""Plays a film at twice its frame rate: smooth.py FILE. Needs ./midframe plugin install."""

import pathlib
import sys

import gi

gi.require_version("Gst", "1.0")
from gi.repository import Gst

Gst.init(None)
uri = pathlib.Path(sys.argv[1]).resolve().as_uri()
sink = sys.argv[2] if len(sys.argv) > 2 else "autovideosink"
pipeline = Gst.parse_launch(
    f"uridecodebin uri={uri} ! videoconvert ! midframe name=film factor=2 ! videoconvert ! {sink}"
)
pipeline.set_state(Gst.State.PLAYING)
message = pipeline.get_bus().timed_pop_filtered(
    Gst.CLOCK_TIME_NONE, Gst.MessageType.EOS | Gst.MessageType.ERROR
)
film = pipeline.get_by_name("film")
print(film.props.frames_in, "frames in,", film.props.frames_out, "out")
pipeline.set_state(Gst.State.NULL)
if message.type == Gst.MessageType.ERROR:
    sys.exit(message.parse_error()[0].message)
