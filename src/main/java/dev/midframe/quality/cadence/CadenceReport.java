package dev.midframe.quality.cadence;

import dev.midframe.cadence.change.Change;
import dev.midframe.cadence.change.ChangeDetector;
import dev.midframe.quality.EvaluationException;
import dev.midframe.quality.Progress;
import dev.midframe.quality.material.AudioSpan;
import dev.midframe.quality.material.ClipDecoder;
import dev.midframe.quality.report.Table;
import dev.midframe.support.AtomicFile;
import dev.midframe.video.VideoFrame;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a video file's cadence is: when its frames come, which repeat, where it cuts, and where its sound lies.
 *
 * @param file its name
 * @param timesNanos running time of every frame
 * @param repeats frames (from 0) that repeat their predecessor
 * @param cuts frames (from 0) that begin another scene
 * @param intervals between frames
 * @param audio where sound begins and ends; null without sound
 */
public record CadenceReport(
        String file,
        long[] timesNanos,
        List<Integer> repeats,
        List<Integer> cuts,
        Intervals intervals,
        @Nullable AudioSpan audio) {
    private static final OptionalInt WIDTH = OptionalInt.of(640);

    /**
     * Reads a whole file. GStreamer has been initialized before.
     *
     * @param sceneThreshold see {@link ChangeDetector}
     * @throws EvaluationException when no video can be read from it
     */
    public static CadenceReport of(Path file, double sceneThreshold, Progress progress) {
        progress.sequence(file.getFileName().toString(), 1, 1);
        List<Long> times = new ArrayList<>();
        List<Integer> repeats = new ArrayList<>();
        List<Integer> cuts = new ArrayList<>();
        try (ClipDecoder decoder = new ClipDecoder(file, WIDTH);
                Arena arena = Arena.ofShared()) {
            VideoFrame frame = VideoFrame.allocate(decoder.format(), arena);
            ChangeDetector detector = new ChangeDetector(frame.format(), sceneThreshold);
            long expected = decoder.expectedFrames();
            for (long time = decoder.read(frame); time != ClipDecoder.END; time = decoder.read(frame)) {
                Change change = detector.detect(frame);
                if (change == Change.REPEAT) {
                    repeats.add(times.size());
                } else if (change == Change.CUT) {
                    cuts.add(times.size());
                }
                times.add(time);
                progress.picture(times.size(), expected);
            }
        }
        long[] all = times.stream().mapToLong(Long::longValue).toArray();
        AudioSpan audio = AudioSpan.of(file).orElse(null);
        return new CadenceReport(file.getFileName().toString(), all, repeats, cuts, Intervals.between(all), audio);
    }

    /** Frames a second over the whole file; 0 for fewer than two frames. */
    public double framesPerSecond() {
        return intervals.mean() == 0 ? 0 : 1e9 / intervals.mean();
    }

    /** How much later the sound begins than the picture, in nanoseconds. */
    public Optional<Long> audioStartOffsetNanos() {
        return Optional.ofNullable(audio).map(span -> span.startNanos() - timesNanos[0]);
    }

    /** How much later the sound ends than the last picture, shown for a mean interval, in nanoseconds. */
    public Optional<Long> audioEndOffsetNanos() {
        return Optional.ofNullable(audio)
                .map(span -> span.endNanos() - timesNanos[timesNanos.length - 1] - Math.round(intervals.mean()));
    }

    /** The report for a terminal. */
    public String text() {
        Table table = new Table()
                .row(List.of(
                        "frames",
                        "%d, %s frames a second".formatted(timesNanos.length, decimals(framesPerSecond(), 3))))
                .row(List.of(
                        "intervals",
                        "shortest %s ms, median %s ms, longest %s ms"
                                .formatted(
                                        millis(intervals.shortest()),
                                        millis(intervals.median()),
                                        millis(intervals.longest()))))
                .row(List.of(
                        "judder",
                        "spread %s ms, %d intervals off the median by more than 1 ms"
                                .formatted(millis(intervals.spread()), intervals.uneven())))
                .row(List.of("repeats", "%d, longest run %d".formatted(repeats.size(), longestRun())))
                .row(List.of("cuts", cuts.isEmpty() ? "none" : cuts.size() + ", before frames " + some(cuts)))
                .row(List.of("sound", sound()));
        return file + "\n" + table;
    }

    /** Writes everything as JSON, whole or not at all. */
    public void writeJson(Path target) {
        try {
            new AtomicFile(target).writeJson(this);
        } catch (IOException failure) {
            throw new EvaluationException(failure.getMessage(), failure);
        }
    }

    /** Writes a plot of the intervals as PNG, whole or not at all. */
    public void writePlot(Path target) {
        try {
            new AtomicFile(target).write(new CadencePlot(this).png());
        } catch (IOException failure) {
            throw new EvaluationException(failure.getMessage(), failure);
        }
    }

    private int longestRun() {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < repeats.size(); i++) {
            run = i > 0 && repeats.get(i) == repeats.get(i - 1) + 1 ? run + 1 : 1;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    private String sound() {
        return audio == null
                ? "none"
                : "begins %s ms and ends %s ms after the picture"
                        .formatted(
                                millis(audioStartOffsetNanos().orElseThrow()),
                                millis(audioEndOffsetNanos().orElseThrow()));
    }

    private static String some(List<Integer> frames) {
        int shown = Math.min(20, frames.size());
        String text = frames.subList(0, shown).toString();
        return text.substring(1, text.length() - 1) + (shown < frames.size() ? ", …" : "");
    }

    private static String millis(double nanos) {
        return decimals(nanos / 1e6, 3);
    }

    private static String decimals(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
