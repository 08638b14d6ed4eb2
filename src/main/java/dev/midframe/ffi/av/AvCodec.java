package dev.midframe.ffi.av;

/** The functions used of libavcodec: packets and what describes a codec. */
public interface AvCodec {

    long av_packet_alloc();

    void av_packet_free(long packetPointer);

    void av_packet_unref(long packet);

    int av_new_packet(long packet, int bytes);

    int avcodec_parameters_copy(long to, long from);

    long avcodec_get_name(int codec);

    long avcodec_descriptor_get_by_name(long name);

    /** FFmpeg 7 and later. */
    long av_packet_side_data_new(long listPointer, long countPointer, int type, long bytes, int flags);
}
