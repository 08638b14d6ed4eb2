package dev.midframe.pipeline.play;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.Message;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The streams of a film, and which of each kind is played: the first one, until another is asked for. */
final class Tracks {

    /** One stream: its identifier, and its language where the film says so. */
    private record Track(String identifier, Optional<String> language) {}

    private final Map<StreamKind, List<Track>> tracks = new EnumMap<>(StreamKind.class);
    private final Map<StreamKind, @Nullable Track> chosen = new EnumMap<>(StreamKind.class);

    /** Reads a message of type {@link Message#STREAM_COLLECTION}. */
    static Tracks of(GStreamer gstreamer, Message message) {
        var read = new Tracks();
        try (Arena arena = Arena.ofConfined()) {
            long answer = arena.allocate(ValueLayout.JAVA_LONG).address();
            gstreamer.gst().gst_message_parse_stream_collection(message.address(), answer);
            long collection = Memory.getLong(answer, 0);
            int size = gstreamer.gst().gst_stream_collection_get_size(collection);
            for (int index = 0; index < size; index++) {
                read.add(gstreamer, gstreamer.gst().gst_stream_collection_get_stream(collection, index), answer);
            }
            gstreamer.elements().gst_object_unref(collection);
        }
        return read;
    }

    private void add(GStreamer gstreamer, long stream, long answer) {
        String identifier = Objects.requireNonNull(
                Memory.text(gstreamer.gst().gst_stream_get_stream_id(stream)), "a stream has one");
        int type = gstreamer.gst().gst_stream_get_stream_type(stream);
        var track = new Track(identifier, language(gstreamer, stream, answer));
        for (StreamKind kind : StreamKind.values()) {
            if (kind.is(type)) {
                tracks.computeIfAbsent(kind, none -> new ArrayList<>()).add(track);
                chosen.putIfAbsent(kind, track);
            }
        }
    }

    private static Optional<String> language(GStreamer gstreamer, long stream, long answer) {
        long tags = gstreamer.gst().gst_stream_get_tags(stream);
        if (tags == 0) {
            return Optional.empty();
        }
        try {
            if (gstreamer
                            .gst()
                            .gst_tag_list_get_string(tags, gstreamer.strings().lasting("language-code"), answer)
                    == 0) {
                return Optional.empty();
            }
            long text = Memory.getLong(answer, 0);
            Optional<String> language = Optional.ofNullable(Memory.text(text));
            gstreamer.glib().g_free(text);
            return language;
        } finally {
            gstreamer.gst().gst_mini_object_unref(tags);
        }
    }

    /**
     * Chooses the next stream of a kind; after the last one comes the first, and between them, of subtitles, none.
     *
     * @return what is chosen now, for people; empty when there is nothing to choose from
     */
    Optional<String> next(StreamKind kind) {
        List<Track> all = tracks.getOrDefault(kind, List.of());
        boolean mayBeOff = kind == StreamKind.SUBTITLES;
        if (all.size() < (mayBeOff ? 1 : 2)) {
            return Optional.empty();
        }
        Track now = chosen.get(kind);
        int next = now == null ? 0 : all.indexOf(now) + 1;
        Track track = next < all.size() ? all.get(next) : mayBeOff ? null : all.getFirst();
        chosen.put(kind, track);
        return Optional.of(
                track == null
                        ? "off"
                        : (all.indexOf(track) + 1) + " of " + all.size()
                                + track.language()
                                        .map(language -> " (" + language + ")")
                                        .orElse(""));
    }

    /** The identifiers of the chosen streams. */
    List<String> identifiers() {
        return chosen.values().stream()
                .flatMap(Stream::ofNullable)
                .map(Track::identifier)
                .distinct()
                .toList();
    }
}
