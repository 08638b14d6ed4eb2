package dev.midframe.container;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.av.AvField;
import dev.midframe.ffi.av.Libav;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** Reads what an AVStream says. */
final class TrackFields {

    private static final int DISCARD_ALL = 48;
    private static final int DEFAULT = 1;
    private static final int ATTACHED_PICTURE = 0x400;
    private static final int PROGRESSIVE = 1;
    private static final long RGB = 1 << 5;
    private static final long ALPHA = 1 << 7;

    // AVPixFmtDescriptor, the same in all versions.
    private static final int FORMAT_FLAGS = 16;
    private static final int FORMAT_DEPTH = 40;

    private final Libav libav;

    TrackFields(Libav libav) {
        this.libav = libav;
    }

    Track read(long stream) {
        long codec = libav.getLong(stream, AvField.STREAM_CODEC);
        TrackKind kind = TrackKind.of(libav.getInt(codec, AvField.CODEC_TYPE));
        int disposition = libav.getInt(stream, AvField.STREAM_DISPOSITION);
        Rational timeBase = rational(stream, AvField.STREAM_TIME_BASE);
        long duration = libav.getLong(stream, AvField.STREAM_DURATION);
        return new Track(
                libav.getInt(stream, AvField.STREAM_INDEX),
                kind,
                String.valueOf(Memory.text(libav.codec().avcodec_get_name(libav.getInt(codec, AvField.CODEC_ID)))),
                libav.getInt(stream, AvField.STREAM_DISCARD) < DISCARD_ALL,
                (disposition & DEFAULT) != 0,
                (disposition & ATTACHED_PICTURE) != 0,
                libav.getLong(stream, AvField.STREAM_FRAMES),
                timeBase,
                duration == Packet.UNKNOWN_TIME ? 0 : timeBase.toNanos(duration),
                libav.getInt(codec, AvField.CODEC_SAMPLE_RATE),
                extradata(codec),
                kind == TrackKind.VIDEO ? Optional.of(pictures(stream, codec)) : Optional.empty(),
                Dictionaries.read(libav, libav.getLong(stream, AvField.STREAM_METADATA)));
    }

    private byte[] extradata(long codec) {
        int size = libav.getInt(codec, AvField.CODEC_EXTRADATA_SIZE);
        return size <= 0
                ? new byte[0]
                : Memory.bytes(libav.getLong(codec, AvField.CODEC_EXTRADATA), size)
                        .toArray(ValueLayout.JAVA_BYTE);
    }

    private PictureFormat pictures(long stream, long codec) {
        int format = libav.getInt(codec, AvField.CODEC_FORMAT);
        String name = Memory.text(libav.util().av_get_pix_fmt_name(format));
        long described = libav.util().av_pix_fmt_desc_get(format);
        long flags = described == 0 ? 0 : Memory.getLong(described, FORMAT_FLAGS);
        return new PictureFormat(
                libav.getInt(codec, AvField.CODEC_WIDTH),
                libav.getInt(codec, AvField.CODEC_HEIGHT),
                name == null ? "" : name,
                described == 0 ? 0 : Memory.getInt(described, FORMAT_DEPTH),
                (flags & RGB) != 0,
                (flags & ALPHA) != 0,
                libav.getInt(codec, AvField.CODEC_FIELD_ORDER) > PROGRESSIVE,
                SideData.of(libav, stream).orientation(),
                rational(stream, AvField.STREAM_ASPECT),
                rational(stream, AvField.STREAM_FRAME_RATE));
    }

    private Rational rational(long structure, AvField field) {
        long address = libav.address(structure, field);
        return Rational.of(Memory.getInt(address, 0), Memory.getInt(address, Integer.BYTES));
    }
}
