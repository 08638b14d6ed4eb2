package dev.midframe.ffi.av;

/** The functions used of libavutil. */
public interface AvUtil {

    long av_mallocz(long bytes);

    int av_dict_set(long dictionaryPointer, long key, long value, int flags);

    long av_dict_get(long dictionary, long key, long previous, int flags);

    int av_dict_copy(long toPointer, long from, int flags);

    void av_dict_free(long dictionaryPointer);

    int av_strerror(int error, long text, long bytes);

    void av_log_set_level(int level);

    long av_get_pix_fmt_name(int format);

    int av_get_pix_fmt(long name);

    long av_pix_fmt_desc_get(int format);
}
