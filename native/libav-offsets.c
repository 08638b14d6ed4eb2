/* Prints where FFmpeg's headers put the fields that dev.midframe.ffi.av.AvLayout names, one "NAME bytes" a line:
 *   cc libav-offsets.c && ./a.out
 */
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <stddef.h>
#include <stdio.h>

#define OFFSET(name, type, field) printf("%s %zu\n", name, offsetof(type, field))

int main(void) {
  printf("LIBAVFORMAT %d\n", LIBAVFORMAT_VERSION_MAJOR);
  OFFSET("FORMAT_INPUT", AVFormatContext, iformat);
  OFFSET("FORMAT_OUTPUT", AVFormatContext, oformat);
  OFFSET("FORMAT_IO", AVFormatContext, pb);
  OFFSET("FORMAT_STREAM_COUNT", AVFormatContext, nb_streams);
  OFFSET("FORMAT_STREAMS", AVFormatContext, streams);
  OFFSET("FORMAT_START_TIME", AVFormatContext, start_time);
  OFFSET("FORMAT_DURATION", AVFormatContext, duration);
  OFFSET("FORMAT_FLAGS", AVFormatContext, flags);
  OFFSET("FORMAT_PROBE_SIZE", AVFormatContext, probesize);
  OFFSET("FORMAT_CHAPTER_COUNT", AVFormatContext, nb_chapters);
  OFFSET("FORMAT_CHAPTERS", AVFormatContext, chapters);
  OFFSET("FORMAT_METADATA", AVFormatContext, metadata);
  OFFSET("INPUT_NAME", AVInputFormat, name);
  OFFSET("INPUT_FLAGS", AVInputFormat, flags);
  OFFSET("STREAM_INDEX", AVStream, index);
  OFFSET("STREAM_ID", AVStream, id);
  OFFSET("STREAM_TIME_BASE", AVStream, time_base);
  OFFSET("STREAM_START_TIME", AVStream, start_time);
  OFFSET("STREAM_DURATION", AVStream, duration);
  OFFSET("STREAM_FRAMES", AVStream, nb_frames);
  OFFSET("STREAM_DISPOSITION", AVStream, disposition);
  OFFSET("STREAM_DISCARD", AVStream, discard);
  OFFSET("STREAM_ASPECT", AVStream, sample_aspect_ratio);
  OFFSET("STREAM_METADATA", AVStream, metadata);
  OFFSET("STREAM_FRAME_RATE", AVStream, avg_frame_rate);
  OFFSET("STREAM_PICTURE", AVStream, attached_pic);
  OFFSET("STREAM_CODEC", AVStream, codecpar);
  OFFSET("CODEC_TYPE", AVCodecParameters, codec_type);
  OFFSET("CODEC_ID", AVCodecParameters, codec_id);
  OFFSET("CODEC_TAG", AVCodecParameters, codec_tag);
  OFFSET("CODEC_EXTRADATA", AVCodecParameters, extradata);
  OFFSET("CODEC_EXTRADATA_SIZE", AVCodecParameters, extradata_size);
  OFFSET("CODEC_FORMAT", AVCodecParameters, format);
  OFFSET("CODEC_PROFILE", AVCodecParameters, profile);
  OFFSET("CODEC_LEVEL", AVCodecParameters, level);
  OFFSET("CODEC_WIDTH", AVCodecParameters, width);
  OFFSET("CODEC_HEIGHT", AVCodecParameters, height);
  OFFSET("CODEC_ASPECT", AVCodecParameters, sample_aspect_ratio);
  OFFSET("CODEC_FIELD_ORDER", AVCodecParameters, field_order);
  OFFSET("CODEC_COLOR_RANGE", AVCodecParameters, color_range);
  OFFSET("CODEC_COLOR_PRIMARIES", AVCodecParameters, color_primaries);
  OFFSET("CODEC_COLOR_TRANSFER", AVCodecParameters, color_trc);
  OFFSET("CODEC_COLOR_SPACE", AVCodecParameters, color_space);
  OFFSET("CODEC_CHROMA_LOCATION", AVCodecParameters, chroma_location);
  OFFSET("CODEC_SAMPLE_RATE", AVCodecParameters, sample_rate);
  OFFSET("CODEC_FRAME_SIZE", AVCodecParameters, frame_size);
  OFFSET("CODEC_INITIAL_PADDING", AVCodecParameters, initial_padding);
#if LIBAVFORMAT_VERSION_MAJOR >= 59
  OFFSET("CODEC_CHANNELS", AVCodecParameters, ch_layout.nb_channels);
#endif
#if LIBAVFORMAT_VERSION_MAJOR >= 61
  OFFSET("SIDE_DATA", AVCodecParameters, coded_side_data);
  OFFSET("SIDE_DATA_COUNT", AVCodecParameters, nb_coded_side_data);
#else
  OFFSET("SIDE_DATA", AVStream, side_data);
  OFFSET("SIDE_DATA_COUNT", AVStream, nb_side_data);
#endif
  OFFSET("SIDE_DATA_BYTES", AVPacketSideData, data);
  OFFSET("SIDE_DATA_SIZE", AVPacketSideData, size);
  OFFSET("SIDE_DATA_TYPE", AVPacketSideData, type);
  printf("SIDE_DATA_ENTRY %zu\n", sizeof(AVPacketSideData));
  OFFSET("PACKET_PTS", AVPacket, pts);
  OFFSET("PACKET_DTS", AVPacket, dts);
  OFFSET("PACKET_DATA", AVPacket, data);
  OFFSET("PACKET_SIZE", AVPacket, size);
  OFFSET("PACKET_STREAM", AVPacket, stream_index);
  OFFSET("PACKET_FLAGS", AVPacket, flags);
  OFFSET("PACKET_DURATION", AVPacket, duration);
  OFFSET("CHAPTER_ID", AVChapter, id);
  OFFSET("CHAPTER_TIME_BASE", AVChapter, time_base);
  OFFSET("CHAPTER_START", AVChapter, start);
  OFFSET("CHAPTER_END", AVChapter, end);
  OFFSET("CHAPTER_METADATA", AVChapter, metadata);
  printf("CHAPTER_ENTRY %zu\n", sizeof(AVChapter));
  OFFSET("ENTRY_KEY", AVDictionaryEntry, key);
  OFFSET("ENTRY_VALUE", AVDictionaryEntry, value);
  return 0;
}
