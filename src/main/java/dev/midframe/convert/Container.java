package dev.midframe.convert;

import dev.midframe.container.ContainerException;
import dev.midframe.container.ContainerFormat;
import dev.midframe.container.TrackKind;
import dev.midframe.convert.encoding.Codec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The containers that are written, and what each holds. */
public enum Container {
    MP4("mp4", "aac", "mov_text", Set.of("mp4", "m4v")),
    MOV("mov", "aac", "mov_text", Set.of("mov", "qt")),
    MATROSKA("matroska", "pcm_s16le", "subrip", Set.of("mkv")),
    WEBM("webm", "opus", "webvtt", Set.of("webm"));

    /** What libavformat would write, but hardly anybody can play. */
    private static final Set<String> NOT_IN_MP4 = Set.of("vorbis", "mp2", "wmav2", "pcm_s16le");

    /** What libavformat says that it writes, and refuses when it is to. */
    private static final Set<String> NOT_IN_MOV = Set.of("opus", "flac", "truehd");

    private final ContainerFormat format;
    private final String soundCodec;
    private final String textCodec;
    private final Set<String> endings;

    Container(String format, String soundCodec, String textCodec, Set<String> endings) {
        this.format = new ContainerFormat(format);
        this.soundCodec = soundCodec;
        this.textCodec = textCodec;
        this.endings = endings;
    }

    /**
     * The container that a file's ending names.
     *
     * @throws ContainerException when it names none that is written
     */
    public static Container of(Path file) {
        String name = file.getFileName().toString();
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(container -> container.endings.contains(ending))
                .findFirst()
                .orElseThrow(
                        () -> new ContainerException("cannot write " + file + ": its ending names no container that"
                                + " is written; use "
                                + Arrays.stream(values())
                                        .map(container -> "." + container.ending())
                                        .collect(Collectors.joining(", "))));
    }

    /** The usual ending, without a dot. */
    public String ending() {
        return switch (this) {
            case MATROSKA -> "mkv";
            case MP4, MOV, WEBM -> name().toLowerCase(Locale.ROOT);
        };
    }

    ContainerFormat format() {
        return format;
    }

    /** Whether it holds packets that are encoded so. */
    boolean holds(TrackKind kind, String codec) {
        if (this == MP4 && kind == TrackKind.AUDIO && NOT_IN_MP4.contains(codec)) {
            return false;
        }
        if (this == MOV && NOT_IN_MOV.contains(codec)) {
            return false;
        }
        return format.holds(codec);
    }

    /** Whether pictures can be encoded so. */
    public boolean holds(Codec codec) {
        return switch (this) {
            case MP4 -> codec != Codec.PRORES && codec != Codec.FFV1;
            case MOV -> codec == Codec.H264 || codec == Codec.H265 || codec == Codec.PRORES;
            case MATROSKA -> true;
            case WEBM -> codec == Codec.VP9 || codec == Codec.AV1;
        };
    }

    /** The codecs that it holds, as a person types them. */
    public List<String> codecs() {
        return Arrays.stream(Codec.values())
                .filter(this::holds)
                .map(codec -> codec.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** What sound that it cannot hold is encoded as. */
    String soundCodec() {
        return soundCodec;
    }

    /** What the texts of subtitles become. */
    String textCodec() {
        return textCodec;
    }

    /** Whether it can say that players are to turn the pictures. */
    boolean turnsPictures() {
        return this == MP4 || this == MOV;
    }

    /** Whether times below 0, as those of an encoder's padding, can be written. */
    boolean hasTimesBelowZero() {
        return this == MP4 || this == MOV;
    }

    /** Whether a cover is a file in it, and no track. */
    boolean attachesCovers() {
        return this == MATROSKA;
    }

    /** What libavformat is to know beside, by its names. */
    Map<String, String> options() {
        return switch (this) {
            case MP4, MOV -> Map.of("movflags", "+write_colr", "strict", "experimental");
            case MATROSKA, WEBM -> Map.of();
        };
    }
}
