package dev.midframe.container;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.av.AvField;
import dev.midframe.ffi.av.Libav;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is said of a file as a whole: tags and chapters.
 *
 * @param context an AVFormatContext, which is lent
 */
record FileDescription(Libav libav, long context) {

    /** Gives another file the same. */
    void copyTo(long target) {
        Map<String, String> tags =
                new TreeMap<>(Dictionaries.read(libav, libav.getLong(context, AvField.FORMAT_METADATA)));
        // They name the container that was read.
        tags.keySet().removeAll(Set.of("major_brand", "minor_version", "compatible_brands", "encoder"));
        Dictionaries.write(libav, libav.address(target, AvField.FORMAT_METADATA), tags);
        int count = libav.getInt(context, AvField.FORMAT_CHAPTER_COUNT);
        if (count > 0) {
            long from = libav.getLong(context, AvField.FORMAT_CHAPTERS);
            long list = allocate((long) count * Long.BYTES);
            for (int i = 0; i < count; i++) {
                Memory.putLong(list, i * Long.BYTES, chapterLike(Memory.getLong(from, i * Long.BYTES)));
            }
            libav.putLong(target, AvField.FORMAT_CHAPTERS, list);
            libav.putInt(target, AvField.FORMAT_CHAPTER_COUNT, count);
        }
    }

    /** The context that gets it frees it. */
    private long chapterLike(long chapter) {
        long copy = allocate(libav.address(0, AvField.CHAPTER_ENTRY));
        for (AvField field :
                new AvField[] {AvField.CHAPTER_ID, AvField.CHAPTER_TIME_BASE, AvField.CHAPTER_START, AvField.CHAPTER_END
                }) {
            libav.putLong(copy, field, libav.getLong(chapter, field));
        }
        libav.util()
                .av_dict_copy(
                        libav.address(copy, AvField.CHAPTER_METADATA),
                        libav.getLong(chapter, AvField.CHAPTER_METADATA),
                        0);
        return copy;
    }

    private long allocate(long bytes) {
        long memory = libav.util().av_mallocz(bytes);
        if (memory == 0) {
            throw new ContainerException("no memory for chapters");
        }
        return memory;
    }
}
