package dev.midframe.container;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.NativeStrings;
import dev.midframe.ffi.av.AvField;
import dev.midframe.ffi.av.Libav;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sets up the AVStreams of a file that is written.
 *
 * @param context its AVFormatContext, which owns them and is lent
 */
record TrackMaker(Libav libav, long context, ContainerFormat format) {

    /** Languages that libavformat looks for in QuickTime's list by their other name of ISO 639-2. */
    private static final Map<String, String> QUICKTIME_LANGUAGES =
            Map.of("fre", "fra", "rum", "ron", "cze", "ces", "slo", "slk", "swe", "sve");

    private static final Set<String> MATROSKA = Set.of("matroska", "webm");
    private static final int PADDING_IS_PUT_ON = 61;
    private static final long OPUS_RATE = 48_000;
    private static final long NANOS = 1_000_000_000;
    private static final int PADDING = 64;
    private static final int CHANNEL_ORDER = -Integer.BYTES;

    /** What a Matroska file says about the packets of a track, which are others now. */
    private static final String STATISTICS = "(BPS|NUMBER_OF_|_STATISTICS|DURATION|SOURCE_ID|encoder).*";

    private static final AvField[] COLOURS = {
        AvField.CODEC_COLOR_RANGE,
        AvField.CODEC_COLOR_PRIMARIES,
        AvField.CODEC_COLOR_TRANSFER,
        AvField.CODEC_COLOR_SPACE,
        AvField.CODEC_CHROMA_LOCATION
    };

    long copy(ContainerReader reader, Track track) {
        long from = reader.stream(track.index());
        long stream = stream(from, tags(from));
        long codec = libav.getLong(stream, AvField.STREAM_CODEC);
        if (libav.codec().avcodec_parameters_copy(codec, libav.getLong(from, AvField.STREAM_CODEC)) < 0) {
            throw new ContainerException("no memory for " + track);
        }
        // Each container has its own.
        libav.putInt(codec, AvField.CODEC_TAG, 0);
        libav.putLong(stream, AvField.STREAM_ASPECT, libav.getLong(from, AvField.STREAM_ASPECT));
        libav.putLong(stream, AvField.STREAM_FRAME_RATE, libav.getLong(from, AvField.STREAM_FRAME_RATE));
        SideData target = SideData.of(libav, stream);
        SideData.of(libav, from).copyTo(target, type -> !target.has(type));
        return stream;
    }

    long add(ContainerReader reader, NewTrack track) {
        long from = reader.stream(track.like().index());
        Map<String, String> tags = tags(from);
        tags.keySet().removeIf(tag -> tag.matches(STATISTICS));
        long stream = stream(from, tags);
        long codec = libav.getLong(stream, AvField.STREAM_CODEC);
        libav.putInt(codec, AvField.CODEC_TYPE, track.like().kind().ordinal());
        libav.putInt(codec, AvField.CODEC_ID, codecId(track.codec()));
        libav.putInt(codec, AvField.CODEC_TAG, fourCharacters(track.tag()));
        extradata(codec, MemorySegment.ofArray(track.extradata()));
        rational(libav.address(stream, AvField.STREAM_TIME_BASE), track.timeBase());
        track.pictures().ifPresent(pictures -> describe(pictures, stream, from));
        track.sound().ifPresent(sound -> {
            libav.putInt(codec, AvField.CODEC_SAMPLE_RATE, sound.sampleRate());
            libav.putInt(codec, AvField.CODEC_FRAME_SIZE, sound.frameSize());
            libav.putInt(codec, AvField.CODEC_INITIAL_PADDING, sound.padding());
            libav.putInt(codec, AvField.CODEC_CHANNELS, sound.channels());
            Memory.putInt(libav.address(codec, AvField.CODEC_CHANNELS), CHANNEL_ORDER, 0);
        });
        return stream;
    }

    private void describe(NewTrack.Pictures pictures, long stream, long from) {
        long codec = libav.getLong(stream, AvField.STREAM_CODEC);
        libav.putInt(codec, AvField.CODEC_WIDTH, pictures.width());
        libav.putInt(codec, AvField.CODEC_HEIGHT, pictures.height());
        libav.putInt(codec, AvField.CODEC_FORMAT, (int)
                NativeStrings.call(pictures.pixelFormat(), name -> libav.util().av_get_pix_fmt(name)));
        rational(libav.address(codec, AvField.CODEC_ASPECT), pictures.aspect());
        rational(libav.address(stream, AvField.STREAM_ASPECT), pictures.aspect());
        rational(libav.address(stream, AvField.STREAM_FRAME_RATE), pictures.rate());
        long codecFrom = libav.getLong(from, AvField.STREAM_CODEC);
        if (pictures.sameColours()) {
            for (AvField colour : COLOURS) {
                libav.putInt(codec, colour, libav.getInt(codecFrom, colour));
            }
        }
        SideData target = SideData.of(libav, stream);
        SideData.of(libav, from)
                .copyTo(
                        target,
                        type -> SideData.OF_PICTURES.contains(type)
                                && (pictures.turned() || type != SideData.DISPLAY_MATRIX));
        pictures.mastering().ifPresent(range -> add(range, target));
    }

    private static void add(HighDynamicRange range, SideData target) {
        try (Arena arena = Arena.ofConfined()) {
            if (range.hasDisplay() && !target.has(SideData.MASTERING_DISPLAY)) {
                target.add(SideData.MASTERING_DISPLAY, range.displayBytes(arena));
            }
            if (range.hasLight() && !target.has(SideData.LIGHT_LEVEL)) {
                target.add(SideData.LIGHT_LEVEL, range.lightBytes(arena));
            }
        }
    }

    long attachCover(ContainerReader reader, Track cover) {
        long from = reader.stream(cover.index());
        long picture = libav.address(from, AvField.STREAM_PICTURE);
        boolean png = cover.codec().equals("png");
        Map<String, String> tags = tags(from);
        tags.putIfAbsent("filename", png ? "cover.png" : "cover.jpg");
        tags.putIfAbsent("mimetype", png ? "image/png" : "image/jpeg");
        long stream = stream(from, tags);
        long codec = libav.getLong(stream, AvField.STREAM_CODEC);
        libav.putInt(codec, AvField.CODEC_TYPE, TrackKind.ATTACHMENT.ordinal());
        libav.putInt(codec, AvField.CODEC_ID, codecId(cover.codec()));
        libav.putInt(stream, AvField.STREAM_DISPOSITION, 0);
        extradata(
                codec,
                Memory.bytes(libav.getLong(picture, AvField.PACKET_DATA), libav.getInt(picture, AvField.PACKET_SIZE)));
        return stream;
    }

    /**
     * By how many nanoseconds a track is read earlier than it was written: FFmpeg 5 tells Matroska's readers to take Opus's
     * padding off the times, and does not put it on before.
     */
    long delay(long stream) {
        long codec = libav.getLong(stream, AvField.STREAM_CODEC);
        boolean opus = libav.getInt(codec, AvField.CODEC_ID) == codecId("opus");
        return opus && libav.major() < PADDING_IS_PUT_ON && MATROSKA.contains(format.name())
                ? libav.getInt(codec, AvField.CODEC_INITIAL_PADDING) * NANOS / OPUS_RATE
                : 0;
    }

    private long stream(long from, Map<String, String> tags) {
        long stream = libav.format().avformat_new_stream(context, 0);
        if (stream == 0) {
            throw new ContainerException("no memory for a track");
        }
        libav.putLong(stream, AvField.STREAM_TIME_BASE, libav.getLong(from, AvField.STREAM_TIME_BASE));
        libav.putInt(stream, AvField.STREAM_DISPOSITION, libav.getInt(from, AvField.STREAM_DISPOSITION));
        if (format.name().equals("mov")) {
            tags.computeIfPresent("language", (_, language) -> QUICKTIME_LANGUAGES.getOrDefault(language, language));
        }
        Dictionaries.write(libav, libav.address(stream, AvField.STREAM_METADATA), tags);
        return stream;
    }

    private Map<String, String> tags(long stream) {
        return new TreeMap<>(Dictionaries.read(libav, libav.getLong(stream, AvField.STREAM_METADATA)));
    }

    private int codecId(String codec) {
        long descriptor = NativeStrings.call(codec, libav.codec()::avcodec_descriptor_get_by_name);
        return descriptor == 0 ? 0 : Memory.getInt(descriptor, 0);
    }

    private void extradata(long codec, MemorySegment bytes) {
        if (bytes.byteSize() == 0) {
            return;
        }
        long memory = libav.util().av_mallocz(bytes.byteSize() + PADDING);
        if (memory == 0) {
            throw new ContainerException("no memory for what a decoder needs");
        }
        Memory.bytes(memory, bytes.byteSize()).copyFrom(bytes);
        libav.putLong(codec, AvField.CODEC_EXTRADATA, memory);
        libav.putInt(codec, AvField.CODEC_EXTRADATA_SIZE, (int) bytes.byteSize());
    }

    private static void rational(long address, Rational value) {
        Memory.putInt(address, 0, value.numerator());
        Memory.putInt(address, Integer.BYTES, value.denominator());
    }

    private static int fourCharacters(String tag) {
        byte[] bytes = tag.getBytes(StandardCharsets.US_ASCII);
        return bytes.length != Integer.BYTES
                ? 0
                : bytes[0] & 0xff | (bytes[1] & 0xff) << 8 | (bytes[2] & 0xff) << 16 | (bytes[3] & 0xff) << 24;
    }
}
