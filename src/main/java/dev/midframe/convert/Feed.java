package dev.midframe.convert;

import dev.midframe.convert.frames.FrameSource;
import dev.midframe.pipeline.AppSrc;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings a film's pictures to a pipeline's {@code appsrc} named {@code feed}, where GStreamer does not read them itself. */
interface Feed extends AutoCloseable {

    /** The one that a film needs; empty where GStreamer's own demuxer does. */
    static Optional<Feed> of(Film film) {
        return film.frames().<Feed>map(FrameFeed::new).or(() -> PacketFeed.caps(film)
                .map(_ -> new PacketFeed(film)));
    }

    /** What is fed, in GStreamer's words; empty where nothing is. */
    static Optional<String> caps(Film film) {
        return film.frames().map(FrameSource::caps).or(() -> PacketFeed.caps(film));
    }

    /** What the film's time is, in nanoseconds, when the pipeline's running time is 0. */
    static long origin(Film film) {
        return film.frames().isPresent() ? 0 : PacketFeed.origin(film);
    }

    /** Begins to feed, in a thread of its own, until the film ends or the pipeline takes no more. */
    void into(AppSrc source);

    /** Why it ended early; null where it did not. */
    @Nullable
    RuntimeException failure();

    /** Whether the frame of this running time is only decoded, and not shown. */
    boolean isDiscarded(long runningTime);

    /** The pipeline is stopped before. */
    @Override
    void close();
}
