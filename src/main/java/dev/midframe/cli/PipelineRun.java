package dev.midframe.cli;

import dev.midframe.ffi.ProcessEnd;
import dev.midframe.pipeline.FrameCounts;
import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.Outcome;
import dev.midframe.pipeline.Progress;
import dev.midframe.support.Redaction;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A pipeline run in front of a person: progress on the terminal, SIGINT and SIGTERM end it in good order, and a last line
 * says what was done.
 */
public final class PipelineRun {

    /** Sound may end later than the pictures; what ends earlier than its container says by more than this is reported. */
    private static final Duration MISSING = Duration.ofSeconds(2);

    /** Before that progress is not worth showing, and making a bar would delay the first frame. */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(1);

    private static final Duration TICK = Duration.ofMillis(200);
    /** What is under way gets this long after a signal, then the files this long to be finalized without it. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    /** A build that is given up ends within one of its steps; the process must not end in the middle of one. */
    private static final Duration BUILD_LIMIT = Duration.ofSeconds(30);

    private final MediaPipeline media;
    private final PrintWriter out;
    private final SecondHalf secondHalf;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean interrupted;

    public PipelineRun(MediaPipeline media, PrintWriter out) {
        this.media = media;
        this.out = out;
        this.secondHalf = new SecondHalf(media);
    }

    /**
     * What a run came to.
     *
     * @param exitCode 0, or 1 for a failure
     * @param frames what the element counted, over all elements of the pipeline
     * @param secondHalf how fast the second half of a file went; empty for other sources, and where it took no time
     */
    public record Result(int exitCode, FrameCounts frames, Optional<SecondHalf.Pace> secondHalf) {}

    public Result toTheEnd() throws InterruptedException {
        StopSignal.onFirst(_ -> stopOnSignal());
        try {
            long start = System.nanoTime();
            media.play();
            Outcome outcome = watch();
            var elapsed = Duration.ofNanos(System.nanoTime() - start);
            // Asked for before the pipeline goes away: its elements hold the counters.
            FrameCounts frames = FrameCounts.of(media);
            Progress last = media.progress();
            Optional<SecondHalf.Pace> pace = secondHalf.pace(last);
            if (outcome.failure().isEmpty() && frames.in() == 0 && frames.counted()) {
                String failure = interrupted ? "stopped before the first frame" : "no frame of video came";
                outcome = new Outcome(Optional.of(failure), false);
            }
            media.close();
            return new Result(report(outcome, frames, elapsed, last), frames, pace);
        } finally {
            ended.countDown();
        }
    }

    private void stopOnSignal() {
        interrupted = true;
        media.interrupt();
        try {
            // The main thread sees the end of the stream, closes the files and ends the process, unless something
            // hangs.
            if (endsInTime()) {
                return;
            }
            media.cutShort();
            if (!endsInTime()) {
                List<String> unfinished = media.unfinished();
                out.println("midframe: the pipeline did not end in time after it was stopped"
                        + (unfinished.isEmpty() ? "" : "; it hangs in " + String.join(", ", unfinished)));
                media.removeOutputs().forEach(file -> out.println("midframe: removed the incomplete " + file));
                out.flush();
                ProcessEnd.atOnce(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean endsInTime() throws InterruptedException {
        Duration limit = media.engineBuild().isPresent() ? BUILD_LIMIT : STOP_LIMIT;
        return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Outcome watch() throws InterruptedException {
        Optional<Outcome> outcome = media.await(FIRST_LOOK);
        if (outcome.isPresent()) {
            return outcome.get();
        }
        try (RunProgress shown = RunProgress.begin(out)) {
            while (outcome.isEmpty()) {
                Progress progress = media.progress();
                shown.show(progress, media.engineBuild());
                secondHalf.look(progress);
                outcome = media.await(TICK);
            }
        }
        return outcome.get();
    }

    private int report(Outcome outcome, FrameCounts frames, Duration elapsed, Progress last) {
        outcome.failure().ifPresent(failure -> out.println("midframe: " + Redaction.withoutSecrets(failure)));
        List<Path> removed = outcome.outputsComplete() ? List.of() : media.removeOutputs();
        removed.forEach(file -> out.println("midframe: removed the incomplete " + file));
        if (outcome.failure().isPresent() && frames.generated() == 0) {
            // Nothing was done that is worth counting: the reason stands alone.
            out.flush();
            return 1;
        }
        double seconds = elapsed.toNanos() / 1e9;
        Duration streamed = last.position();
        out.printf(
                Locale.ROOT,
                "midframe: %d frames in, %d generated, %d out%s in %.1f s (%.1f frames a second%s)%n",
                frames.in(),
                frames.generated(),
                frames.out(),
                frames.skipped() > 0 ? ", " + frames.skipped() + " skipped" : "",
                seconds,
                frames.out() / seconds,
                streamed.isPositive()
                        ? String.format(Locale.ROOT, ", %.2f x real time", streamed.toNanos() / 1e9 / seconds)
                        : "");
        if (outcome.failure().isEmpty() && !interrupted) {
            last.duration()
                    .filter(whole -> whole.minus(streamed).compareTo(MISSING) > 0)
                    .ifPresent(whole -> out.printf(
                            Locale.ROOT,
                            "midframe: the input ended at %.1f s of %.1f s: its end may be cut off%n",
                            streamed.toNanos() / 1e9,
                            whole.toNanos() / 1e9));
        }
        frames.engine().ifPresent(engine -> out.println("midframe: engine: " + engine));
        if (removed.isEmpty() && !media.outputs().isEmpty()) {
            String state = outcome.failure().isPresent() || interrupted ? "holds what was made until then: " : "wrote ";
            out.println("midframe: " + state
                    + media.outputs().stream().map(PipelineRun::withSize).collect(Collectors.joining(", ")));
        }
        out.flush();
        return outcome.failure().isPresent() ? 1 : 0;
    }

    private static String withSize(Path file) {
        try {
            return String.format(Locale.ROOT, "%s (%.1f MB)", file, Files.size(file) / 1e6);
        } catch (IOException e) {
            return file.toString();
        }
    }
}
