package dev.midframe.pipeline.play;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.Message;
import dev.midframe.ffi.gst.ObjectReference;
import dev.midframe.pipeline.VideoCaps;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keys and the mouse in the video's window, which the sink passes on as GstNavigation messages. */
final class WindowInput {

    // GstNavigationMessageType, GstNavigationEventType
    private static final int MESSAGE_EVENT = 4;
    private static final int KEY_PRESS = 1;
    private static final int MOUSE_BUTTON_PRESS = 3;
    private static final int MOUSE_SCROLL = 7;

    private static final int WHEEL_UP = 4;
    private static final int WHEEL_DOWN = 5;

    private final GStreamer gstreamer;
    private final ObjectReference picture;

    /** @param picture an element whose source pad carries what the window shows; is lent */
    WindowInput(GStreamer gstreamer, ObjectReference picture) {
        this.gstreamer = gstreamer;
        this.picture = picture;
    }

    /** What an element's message says of that, if it does. */
    Optional<PlayerEvent> event(Message message) {
        if (gstreamer.video().gst_navigation_message_get_type(message.address()) != MESSAGE_EVENT) {
            return Optional.empty();
        }
        try (Arena arena = Arena.ofConfined()) {
            long answer = arena.allocate(ValueLayout.JAVA_LONG, 4).address();
            if (gstreamer.video().gst_navigation_message_parse_event(message.address(), answer) == 0) {
                return Optional.empty();
            }
            long event = Memory.getLong(answer, 0);
            try {
                return Optional.ofNullable(read(event, answer));
            } finally {
                gstreamer.gst().gst_mini_object_unref(event);
            }
        }
    }

    private @Nullable PlayerEvent read(long event, long answer) {
        return switch (gstreamer.video().gst_navigation_event_get_type(event)) {
            case KEY_PRESS -> {
                gstreamer.video().gst_navigation_event_parse_key_event(event, answer);
                String name = Memory.text(Memory.getLong(answer, 0));
                yield name == null ? null : new PlayerEvent.Key(name);
            }
            case MOUSE_BUTTON_PRESS -> {
                gstreamer
                        .video()
                        .gst_navigation_event_parse_mouse_button_event(
                                event, answer, answer + Long.BYTES, answer + 2 * Long.BYTES);
                yield click(Memory.getInt(answer, 0), real(answer, 1), real(answer, 2));
            }
            case MOUSE_SCROLL -> {
                gstreamer
                        .video()
                        .gst_navigation_event_parse_mouse_scroll_event(
                                event, answer, answer + Long.BYTES, answer + 2 * Long.BYTES, answer + 3 * Long.BYTES);
                double up = real(answer, 3);
                yield up == 0 ? null : click(up > 0 ? WHEEL_UP : WHEEL_DOWN, real(answer, 0), real(answer, 1));
            }
            default -> null;
        };
    }

    private static double real(long numbers, int index) {
        return Double.longBitsToDouble(Memory.getLong(numbers, index * Long.BYTES));
    }

    private @Nullable PlayerEvent click(int button, double x, double y) {
        VideoCaps caps = SourceCaps.of(gstreamer, picture);
        return caps.width() == 0 ? null : new PlayerEvent.Click(button, x / caps.width(), y / caps.height());
    }
}
