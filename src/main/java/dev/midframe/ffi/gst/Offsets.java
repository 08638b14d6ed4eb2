package dev.midframe.ffi.gst;

/**
 * Where the fields lie, in bytes, in GStreamer's 64-bit 1.x binary interface. {@code native/gstreamer-offsets.c} prints the
 * same numbers from the installed headers; {@link OffsetsCheck} looks at the running libraries.
 */
public final class Offsets {

    public static final int TRANSFORM_CLASS_SIZE = 816;

    public static final int TRANSFORM_SINK_PAD = 264;
    public static final int TRANSFORM_SRC_PAD = 272;
    public static final int TRANSFORM_SEGMENT = 288;
    public static final int TRANSFORM_QUEUED_BUFFER = 408;
    public static final int TRANSFORM_SIZE = 576;

    public static final int OBJECT_FLAGS = 48;
    public static final int MINI_OBJECT_FLAGS = 16;
    public static final int BUFFER_FLAGS = 16;
    public static final int BUFFER_PTS = 72;
    public static final int BUFFER_DTS = 80;
    public static final int BUFFER_DURATION = 88;
    public static final int BUFFER_OFFSET = 96;
    public static final int BUFFER_OFFSET_END = 104;
    public static final int META_INFO = 8;
    public static final int META_INFO_API = 0;
    public static final int EVENT_TYPE = 64;
    public static final int QUERY_TYPE = 64;
    public static final int MESSAGE_TYPE = 64;
    public static final int MESSAGE_SOURCE = 80;
    public static final int MAP_DATA = 16;
    public static final int MAP_SIZE = 24;
    public static final int MAP_INFO_SIZE = 104;
    public static final int PROBE_DATA = 16;
    public static final int SEGMENT_RATE = 8;
    public static final int SEGMENT_FORMAT = 24;
    public static final int SEGMENT_START = 48;
    public static final int SEGMENT_TIME = 64;

    public static final int VIDEO_INFO_FORMAT_INFO = 0;
    public static final int VIDEO_INFO_INTERLACE_MODE = 8;
    public static final int VIDEO_INFO_WIDTH = 16;
    public static final int VIDEO_INFO_HEIGHT = 20;
    public static final int VIDEO_INFO_BYTES = 24;
    public static final int VIDEO_INFO_RANGE = 40;
    public static final int VIDEO_INFO_MATRIX = 44;
    public static final int VIDEO_INFO_FPS_N = 64;
    public static final int VIDEO_INFO_FPS_D = 68;
    public static final int VIDEO_INFO_OFFSETS = 72;
    public static final int VIDEO_INFO_STRIDES = 104;
    public static final int VIDEO_INFO_SIZE = 152;
    public static final int VIDEO_FORMAT_INFO_NAME = 8;
    public static final int VIDEO_FRAME_DATA = 184;
    public static final int VIDEO_FRAME_SIZE = 664;

    public static final int TYPE_QUERY_CLASS_SIZE = 16;
    public static final int TYPE_QUERY_INSTANCE_SIZE = 20;
    public static final int TYPE_QUERY_SIZE = 24;
    public static final int ENUM_VALUE_SIZE = 24;
    public static final int VALUE_TYPE = 0;
    public static final int VALUE_SIZE = 24;
    public static final int ERROR_DOMAIN = 0;
    public static final int ERROR_CODE = 4;
    public static final int ERROR_MESSAGE = 8;
    public static final int LIST_DATA = 0;
    public static final int LIST_NEXT = 8;

    private Offsets() {}

    /** Where the class structure of GstBaseTransform (and of its parents) holds a virtual function. */
    public static int slot(String virtualFunction) {
        return switch (virtualFunction) {
            case "set_property" -> 24;
            case "get_property" -> 32;
            case "finalize" -> 48;
            case "change_state" -> 272;
            case "transform_caps" -> 496;
            case "set_caps" -> 520;
            case "query" -> 528;
            case "decide_allocation" -> 536;
            case "propose_allocation" -> 552;
            case "get_unit_size" -> 568;
            case "start" -> 576;
            case "stop" -> 584;
            case "sink_event" -> 592;
            case "src_event" -> 600;
            case "prepare_output_buffer" -> 608;
            case "transform_meta" -> 624;
            case "transform" -> 640;
            case "submit_input_buffer" -> 656;
            case "generate_output" -> 664;
            default -> throw new IllegalArgumentException("no virtual function " + virtualFunction);
        };
    }
}
