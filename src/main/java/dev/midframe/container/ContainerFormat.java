package dev.midframe.container;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.NativeStrings;
import dev.midframe.ffi.av.Libav;

/**
 * A format that can be written.
 *
 * @param name FFmpeg's, such as {@code mp4}, {@code matroska}
 */
public record ContainerFormat(String name) {

    /** Whether it can hold what is encoded so, for example {@code aac}. */
    public boolean holds(String codec) {
        Libav libav = Libav.get();
        long format = NativeStrings.call(name, text -> libav.format().av_guess_format(text, 0, 0));
        long descriptor = NativeStrings.call(codec, libav.codec()::avcodec_descriptor_get_by_name);
        return format != 0
                && descriptor != 0
                && libav.format().avformat_query_codec(format, Memory.getInt(descriptor, 0), 0) == 1;
    }
}
