package dev.midframe.convert.frames;

import java.util.Arrays;
import java.util.Optional;

/** How YUV4MPEG2 samples colour, with what GStreamer calls the same. */
enum Sampling {
    YUV420("420(jpeg|mpeg2|paldv)?", "420mpeg2", "I420", 1, 1, 1),
    YUV422("422", "422", "Y42B", 1, 0, 1),
    YUV444("444", "444", "Y444", 0, 0, 1),
    YUV411("411", "411", "Y41B", 2, 0, 1),
    GRAY("mono", "mono", "GRAY8", -1, 0, 1),
    YUV420_10("420p10", "420p10", "I420_10LE", 1, 1, 2),
    YUV422_10("422p10", "422p10", "I422_10LE", 1, 0, 2),
    YUV444_10("444p10", "444p10", "Y444_10LE", 0, 0, 2);

    private final String read;
    private final String written;
    private final String format;
    private final int shiftX;
    private final int shiftY;
    private final int sampleBytes;

    /** @param shiftX log2 of how many samples share a column of colour, -1 where there is no colour */
    Sampling(String read, String written, String format, int shiftX, int shiftY, int sampleBytes) {
        this.read = read;
        this.written = written;
        this.format = format;
        this.shiftX = shiftX;
        this.shiftY = shiftY;
        this.sampleBytes = sampleBytes;
    }

    static Optional<Sampling> named(String tag) {
        return Arrays.stream(values()).filter(one -> tag.matches(one.read)).findFirst();
    }

    static Optional<Sampling> ofFormat(String format) {
        return Arrays.stream(values()).filter(one -> one.format.equals(format)).findFirst();
    }

    /** What YUV4MPEG2 calls it. */
    String tag() {
        return written;
    }

    /** What GStreamer calls it. */
    String format() {
        return format;
    }

    int planes() {
        return this == GRAY ? 1 : 3;
    }

    /** Bytes of a row of a plane, without padding. */
    int rowBytes(int plane, int width) {
        return (plane == 0 ? width : -(-width >> shiftX)) * sampleBytes;
    }

    int rows(int plane, int height) {
        return plane == 0 ? height : -(-height >> shiftY);
    }

    /** Rows that GStreamer keeps of the first plane: an even number, where two share their colour. */
    int paddedRows(int plane, int height) {
        return plane == 0 && shiftY == 1 ? height + (height & 1) : rows(plane, height);
    }
}
