package dev.midframe.ffi.av;

/** The functions used of libavformat. */
public interface AvFormat {

    int avformat_version();

    int avformat_open_input(long contextPointer, long url, long format, long optionsPointer);

    int avformat_find_stream_info(long context, long optionsPointer);

    void avformat_close_input(long contextPointer);

    int av_read_frame(long context, long packet);

    int avformat_alloc_output_context2(long contextPointer, long format, long name, long url);

    long avformat_new_stream(long context, long codec);

    /** Null before FFmpeg 5, and gone after 7: there side data belong to the codec's parameters. */
    long av_stream_new_side_data(long stream, int type, long bytes);

    long av_guess_format(long name, long url, long mimeType);

    int avformat_query_codec(long format, int codec, int compliance);

    int avio_open(long ioPointer, long url, int flags);

    int avio_closep(long ioPointer);

    int avformat_write_header(long context, long optionsPointer);

    int av_interleaved_write_frame(long context, long packet);

    int av_write_trailer(long context);

    void avformat_free_context(long context);
}
