package dev.midframe.pipeline.play;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.Message;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a film has to be turned, in the words of videoflip's property {@code video-direction}. */
final class Orientation {

    static final String UPRIGHT = "identity";

    private Orientation() {}

    /** What a message of type {@link Message#TAG} says of it. */
    static Optional<String> read(GStreamer gstreamer, Message message) {
        try (Arena arena = Arena.ofConfined()) {
            long answer = arena.allocate(ValueLayout.JAVA_LONG).address();
            gstreamer.gst().gst_message_parse_tag(message.address(), answer);
            long tags = Memory.getLong(answer, 0);
            try {
                long name = gstreamer.strings().lasting("image-orientation");
                if (gstreamer.gst().gst_tag_list_get_string(tags, name, answer) == 0) {
                    return Optional.empty();
                }
                long text = Memory.getLong(answer, 0);
                String orientation = Memory.text(text);
                gstreamer.glib().g_free(text);
                return Optional.ofNullable(direction(orientation));
            } finally {
                gstreamer.gst().gst_mini_object_unref(tags);
            }
        }
    }

    private static @Nullable String direction(@Nullable String orientation) {
        return switch (orientation) {
            case "rotate-0" -> UPRIGHT;
            case "rotate-90" -> "90r";
            case "rotate-180" -> "180";
            case "rotate-270" -> "90l";
            case "flip-rotate-0" -> "horiz";
            case "flip-rotate-180" -> "vert";
            case null, default -> null;
        };
    }
}
