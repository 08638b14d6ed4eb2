/* Prints where GStreamer's headers put the fields that dev.midframe.ffi.gst.Offsets names, one "NAME bytes" a line:
 *   cc gstreamer-offsets.c $(pkg-config --cflags --libs gstreamer-base-1.0 gstreamer-video-1.0) && ./a.out
 */
#include <gst/base/gstbasetransform.h>
#include <gst/gst.h>
#include <gst/video/video.h>
#include <stddef.h>
#include <stdio.h>

#define OFFSET(name, type, field) printf("%s %zu\n", name, offsetof(type, field))
#define SIZE(name, type) printf("%s %zu\n", name, sizeof(type))
#define SLOT(field) OFFSET(#field, GstBaseTransformClass, field)

int main(void) {
  OFFSET("set_property", GObjectClass, set_property);
  OFFSET("get_property", GObjectClass, get_property);
  OFFSET("finalize", GObjectClass, finalize);
  OFFSET("change_state", GstElementClass, change_state);
  SLOT(start);
  SLOT(stop);
  SLOT(transform_caps);
  SLOT(set_caps);
  SLOT(get_unit_size);
  SLOT(query);
  SLOT(decide_allocation);
  SLOT(propose_allocation);
  SLOT(sink_event);
  SLOT(src_event);
  SLOT(submit_input_buffer);
  SLOT(generate_output);
  SLOT(prepare_output_buffer);
  SLOT(transform);
  SLOT(transform_meta);
  SIZE("TRANSFORM_CLASS_SIZE", GstBaseTransformClass);

  OFFSET("TRANSFORM_SINK_PAD", GstBaseTransform, sinkpad);
  OFFSET("TRANSFORM_SRC_PAD", GstBaseTransform, srcpad);
  OFFSET("TRANSFORM_SEGMENT", GstBaseTransform, segment);
  OFFSET("TRANSFORM_QUEUED_BUFFER", GstBaseTransform, queued_buf);
  SIZE("TRANSFORM_SIZE", GstBaseTransform);

  OFFSET("OBJECT_FLAGS", GstObject, flags);
  OFFSET("MINI_OBJECT_FLAGS", GstMiniObject, flags);
  OFFSET("BUFFER_FLAGS", GstBuffer, mini_object.flags);
  OFFSET("BUFFER_PTS", GstBuffer, pts);
  OFFSET("BUFFER_DTS", GstBuffer, dts);
  OFFSET("BUFFER_DURATION", GstBuffer, duration);
  OFFSET("BUFFER_OFFSET", GstBuffer, offset);
  OFFSET("BUFFER_OFFSET_END", GstBuffer, offset_end);
  OFFSET("META_INFO", GstMeta, info);
  OFFSET("META_INFO_API", GstMetaInfo, api);
  OFFSET("EVENT_TYPE", GstEvent, type);
  OFFSET("QUERY_TYPE", GstQuery, type);
  OFFSET("MESSAGE_TYPE", GstMessage, type);
  OFFSET("MESSAGE_SOURCE", GstMessage, src);
  OFFSET("MAP_DATA", GstMapInfo, data);
  OFFSET("MAP_SIZE", GstMapInfo, size);
  SIZE("MAP_INFO_SIZE", GstMapInfo);
  OFFSET("PROBE_DATA", GstPadProbeInfo, data);
  OFFSET("SEGMENT_RATE", GstSegment, rate);
  OFFSET("SEGMENT_FORMAT", GstSegment, format);
  OFFSET("SEGMENT_START", GstSegment, start);
  OFFSET("SEGMENT_TIME", GstSegment, time);

  OFFSET("VIDEO_INFO_FORMAT_INFO", GstVideoInfo, finfo);
  OFFSET("VIDEO_INFO_INTERLACE_MODE", GstVideoInfo, interlace_mode);
  OFFSET("VIDEO_INFO_WIDTH", GstVideoInfo, width);
  OFFSET("VIDEO_INFO_HEIGHT", GstVideoInfo, height);
  OFFSET("VIDEO_INFO_BYTES", GstVideoInfo, size);
  OFFSET("VIDEO_INFO_RANGE", GstVideoInfo, colorimetry.range);
  OFFSET("VIDEO_INFO_MATRIX", GstVideoInfo, colorimetry.matrix);
  OFFSET("VIDEO_INFO_FPS_N", GstVideoInfo, fps_n);
  OFFSET("VIDEO_INFO_FPS_D", GstVideoInfo, fps_d);
  OFFSET("VIDEO_INFO_OFFSETS", GstVideoInfo, offset);
  OFFSET("VIDEO_INFO_STRIDES", GstVideoInfo, stride);
  SIZE("VIDEO_INFO_SIZE", GstVideoInfo);
  OFFSET("VIDEO_FORMAT_INFO_NAME", GstVideoFormatInfo, name);
  OFFSET("VIDEO_FRAME_DATA", GstVideoFrame, data);
  SIZE("VIDEO_FRAME_SIZE", GstVideoFrame);

  OFFSET("TYPE_QUERY_CLASS_SIZE", GTypeQuery, class_size);
  OFFSET("TYPE_QUERY_INSTANCE_SIZE", GTypeQuery, instance_size);
  SIZE("TYPE_QUERY_SIZE", GTypeQuery);
  SIZE("ENUM_VALUE_SIZE", GEnumValue);
  OFFSET("VALUE_TYPE", GValue, g_type);
  SIZE("VALUE_SIZE", GValue);
  OFFSET("ERROR_DOMAIN", GError, domain);
  OFFSET("ERROR_CODE", GError, code);
  OFFSET("ERROR_MESSAGE", GError, message);
  OFFSET("LIST_DATA", GList, data);
  OFFSET("LIST_NEXT", GList, next);
  return 0;
}
