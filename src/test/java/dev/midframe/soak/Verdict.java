package dev.midframe.soak;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The bounds, and whether they were kept. */
record Verdict(List<Check> checks) {

    record Check(String name, String bound, String found, boolean kept) {}

    /**
     * @param samples in order of time
     * @param warmUp from here on memory is compared
     * @param restarts how long the streams took to show a source that had come back
     * @param lost connections of good clients that ended
     */
    static Verdict of(List<Sample> samples, Duration warmUp, List<Duration> restarts, long lost) {
        List<Sample> warm = samples.stream()
                .filter(sample -> sample.seconds() >= warmUp.toSeconds())
                .toList();
        double before = median(head(warm), Sample::rssMegabytes);
        double after = median(tail(warm), Sample::rssMegabytes);
        double growth = 100 * (after / before - 1);
        double longest = warm.stream().mapToDouble(Sample::gapMillis).max().orElse(Double.NaN);
        Duration slowest = restarts.stream().max(Comparator.naturalOrder()).orElse(Duration.ofDays(1));
        return new Verdict(List.of(
                new Check(
                        "Memory (RSS) after the warm-up",
                        "grows by less than 5 %",
                        words("%+.1f %% (%.0f to %.0f MB)", growth, before, after),
                        growth < 5),
                flat("Descriptors", warm, Sample::descriptors),
                flat("Threads", warm, Sample::threads),
                new Check(
                        "Gap between pictures while the source lives",
                        "at most 500 ms",
                        words("%.0f ms", longest),
                        longest <= 500),
                new Check(
                        "From a source's return to its first picture",
                        "less than 3 s",
                        words("%.1f s at most, of %d", slowest.toMillis() / 1e3, restarts.size()),
                        slowest.compareTo(Lives.RESTART_LIMIT) < 0),
                new Check("Good clients that lost their connection", "none", words("%d", lost), lost == 0)));
    }

    boolean kept() {
        return checks.stream().allMatch(Check::kept);
    }

    /** No more at the end than at the start, but for what comes and goes with clients. */
    private static Check flat(String name, List<Sample> samples, ToDoubleFunction<Sample> figure) {
        double before = median(head(samples), figure);
        double after = median(tail(samples), figure);
        return new Check(
                name,
                "at the end at most 5 % more",
                words("%.0f, at the end %.0f", before, after),
                after <= before * 1.05);
    }

    private static List<Sample> head(List<Sample> samples) {
        return samples.subList(0, part(samples));
    }

    private static List<Sample> tail(List<Sample> samples) {
        return samples.subList(samples.size() - part(samples), samples.size());
    }

    private static int part(List<Sample> samples) {
        return Math.min(samples.size(), 1 + samples.size() / 5);
    }

    private static double median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    private static String words(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** For the terminal. */
    @Override
    public String toString() {
        return String.join(
                "\n",
                Stream.concat(
                                Stream.of(kept() ? "kept" : "NOT kept"),
                                checks.stream()
                                        .map(check -> (check.kept ? "  ok      " : "  NOT OK  ") + check.name + ": "
                                                + check.found + " (" + check.bound + ")"))
                        .toList());
    }
}
