package dev.midframe.cli;

import dev.midframe.pipeline.FrameCounts;
import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.Progress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Measures the pace of a file's second half, which follows the start: an engine is opened and Java compiles in the first one. */
public final class SecondHalf {

    /**
     * A pace.
     *
     * @param framesPerSecond that come out
     * @param realTime seconds of the stream for each one that passes
     */
    public record Pace(double framesPerSecond, double realTime) {}

    private record Moment(long nanos, long framesOut, Duration position) {}

    private final MediaPipeline media;
    private @Nullable Moment middle;

    SecondHalf(MediaPipeline media) {
        this.media = media;
    }

    /** To be called now and then while the pipeline runs. */
    void look(Progress progress) {
        boolean reached = progress.duration()
                .filter(whole -> progress.position().multipliedBy(2).compareTo(whole) >= 0)
                .isPresent();
        if (middle == null && reached) {
            middle = now(progress);
        }
    }

    /** From the middle until now; empty where it was not seen to be passed. */
    Optional<Pace> pace(Progress progress) {
        Moment begin = middle;
        Moment end = now(progress);
        if (begin == null || end.nanos == begin.nanos) {
            return Optional.empty();
        }
        double seconds = (end.nanos - begin.nanos) / 1e9;
        double streamed = end.position.minus(begin.position).toNanos() / 1e9;
        return Optional.of(new Pace((end.framesOut - begin.framesOut) / seconds, streamed / seconds));
    }

    private Moment now(Progress progress) {
        return new Moment(System.nanoTime(), FrameCounts.of(media).out(), progress.position());
    }
}
