package dev.midframe.ffi.gst;

import dev.midframe.ffi.Memory;
import java.lang.foreign.Arena;

/** Looks at the running libraries for what {@link Offsets} takes for granted, before anything relies on it. */
final class OffsetsCheck {

    private static final long CLOCK_TIME_NONE = -1;

    private OffsetsCheck() {}

    /** @throws LinkageError when a structure is laid out otherwise */
    static void run(GStreamer libraries) {
        try (Arena arena = Arena.ofConfined()) {
            transform(libraries, arena);
            buffer(libraries.gst());
            map(libraries.gst(), arena);
            message(libraries);
            error(libraries, arena);
            videoInfo(libraries.video(), arena);
        }
    }

    private static void transform(GStreamer libraries, Arena arena) {
        long query = arena.allocate(Offsets.TYPE_QUERY_SIZE, 8).address();
        libraries.gobjects().g_type_query(libraries.base().gst_base_transform_get_type(), query);
        expect(
                "GstBaseTransformClass",
                Offsets.TRANSFORM_CLASS_SIZE,
                Memory.getInt(query, Offsets.TYPE_QUERY_CLASS_SIZE));
        expect("GstBaseTransform", Offsets.TRANSFORM_SIZE, Memory.getInt(query, Offsets.TYPE_QUERY_INSTANCE_SIZE));
    }

    private static void buffer(Gst gst) {
        long buffer = gst.gst_buffer_new();
        try {
            expect("GstBuffer.pts", CLOCK_TIME_NONE, Memory.getLong(buffer, Offsets.BUFFER_PTS));
            expect("GstBuffer.dts", CLOCK_TIME_NONE, Memory.getLong(buffer, Offsets.BUFFER_DTS));
            expect("GstBuffer.duration", CLOCK_TIME_NONE, Memory.getLong(buffer, Offsets.BUFFER_DURATION));
            expect("GstBuffer.offset", CLOCK_TIME_NONE, Memory.getLong(buffer, Offsets.BUFFER_OFFSET));
            expect("GstBuffer.offset_end", CLOCK_TIME_NONE, Memory.getLong(buffer, Offsets.BUFFER_OFFSET_END));
        } finally {
            gst.gst_mini_object_unref(buffer);
        }
    }

    private static void map(Gst gst, Arena arena) {
        long info = arena.allocate(Offsets.MAP_INFO_SIZE, 8).address();
        long buffer = gst.gst_buffer_new_allocate(0, 3, 0);
        gst.gst_buffer_map(buffer, info, 1);
        try {
            expect("GstMapInfo.size", 3, Memory.getLong(info, Offsets.MAP_SIZE));
        } finally {
            gst.gst_buffer_unmap(buffer, info);
            gst.gst_mini_object_unref(buffer);
        }
    }

    private static void message(GStreamer libraries) {
        // An object that is there already: a class must not be made here, see MidframeElement.functions.
        long source = libraries.elements().gst_registry_get();
        long message = libraries.gst().gst_message_new_eos(source);
        try {
            expect("GstMessage.type", Message.EOS, Memory.getInt(message, Offsets.MESSAGE_TYPE));
            expect("GstMessage.src", source, Memory.getLong(message, Offsets.MESSAGE_SOURCE));
        } finally {
            libraries.gst().gst_mini_object_unref(message);
        }
    }

    private static void error(GStreamer libraries, Arena arena) {
        long text = arena.allocateFrom("text").address();
        int domain = libraries.elements().gst_parse_error_quark();
        GError error = GError.take(libraries, libraries.glib().g_error_new_literal(domain, 7, text));
        if (!new GError(domain, 7, "text").equals(error)) {
            throw unexpected("GError");
        }
    }

    private static void videoInfo(GstVideo video, Arena arena) {
        long info = arena.allocate(Offsets.VIDEO_INFO_SIZE, 8).address();
        video.gst_video_info_init(info);
        int format =
                video.gst_video_format_from_string(arena.allocateFrom("I420").address());
        video.gst_video_info_set_format(info, format, 320, 240);
        long formatInfo = Memory.getLong(info, Offsets.VIDEO_INFO_FORMAT_INFO);
        if (!"I420".equals(Memory.text(Memory.getLong(formatInfo, Offsets.VIDEO_FORMAT_INFO_NAME)))) {
            throw unexpected("GstVideoFormatInfo.name");
        }
        expect("GstVideoInfo.width", 320, Memory.getInt(info, Offsets.VIDEO_INFO_WIDTH));
        expect("GstVideoInfo.height", 240, Memory.getInt(info, Offsets.VIDEO_INFO_HEIGHT));
        expect("GstVideoInfo.size", 320 * 240 * 3 / 2, Memory.getLong(info, Offsets.VIDEO_INFO_BYTES));
        expect("GstVideoInfo.offset[1]", 320 * 240, Memory.getLong(info, Offsets.VIDEO_INFO_OFFSETS + 8));
        expect("GstVideoInfo.stride[1]", 160, Memory.getInt(info, Offsets.VIDEO_INFO_STRIDES + 4));
    }

    private static void expect(String field, long expected, long found) {
        if (expected != found) {
            throw unexpected(field);
        }
    }

    private static LinkageError unexpected(String field) {
        return new LinkageError("this GStreamer lays out " + field
                + " in another way than the 64-bit 1.x interface: use a distribution's GStreamer 1.20 to 1.26");
    }
}
