package dev.midframe.convert;

import dev.midframe.container.Track;
import dev.midframe.container.TrackKind;
import java.util.Map;
import java.util.Optional;

/** The beginning of a pipeline: a file's track, decoded. */
final class SourceText {

    /** Demuxers whose pads are named by kind and number, by FFmpeg's name of the format. */
    private static final Map<String, String> NUMBERING = Map.of(
            "mov,mp4,m4a,3gp,3g2,mj2", "qtdemux",
            "matroska,webm", "matroskademux",
            "avi", "avidemux",
            "asf", "asfdemux");

    private SourceText() {}

    /** The pictures out of an {@code appsrc} named {@code feed}, which takes packets as a {@link Feed} gives them. */
    static String fed(String caps) {
        return "appsrc name=feed format=time block=true max-buffers=32 max-bytes=0 max-time=0 caps=\"" + caps
                + "\"\n  ! decodebin name=in\nin. ! video/x-raw(ANY)";
    }

    /**
     * Elements up to a link that needs a filter for raw frames or samples behind it.
     *
     * @return empty where GStreamer's demuxer of this format cannot be told which track is meant
     */
    static Optional<String> of(Film film, Track track) {
        String raw = track.kind() == TrackKind.VIDEO ? "video/x-raw(ANY)" : "audio/x-raw";
        String decode = "decodebin name=in expose-all-streams=false caps=\"" + raw + "\"\n";
        if (film.ordinal(track) == 0 && (film.count(track.kind()) == 1 || track.kind() == TrackKind.AUDIO)) {
            return Optional.of("filesrc location=${input}\n  ! " + decode + "in. ! " + raw);
        }
        return Optional.ofNullable(NUMBERING.get(film.format()))
                .map(demuxer -> "filesrc location=${input}\n  ! " + demuxer + " name=from\nfrom."
                        + (track.kind() == TrackKind.VIDEO ? "video" : "audio") + "_"
                        + film.ordinal(track) + " ! queue\n  ! " + decode + "in. ! " + raw);
    }
}
