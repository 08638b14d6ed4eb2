package dev.midframe.cli.convert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How far all films together are, by their bytes. */
final class Batch {

    private final long started = System.nanoTime();
    private final int films;
    private final long all;
    private long done;

    Batch(List<Job> jobs) {
        films = jobs.size();
        all = jobs.stream().mapToLong(job -> bytes(job.input())).sum();
    }

    int films() {
        return films;
    }

    /** A film is done with, converted or not. */
    synchronized void finish(Job job) {
        done += bytes(job.input());
    }

    /** What a person wants to know while a film is under way: of all films, and how long they still take. */
    synchronized String progress(Job current, double fraction) {
        double part = all == 0 ? 0 : (done + fraction * bytes(current.input())) / all;
        if (films == 1 || part <= 0) {
            return "";
        }
        var left = Duration.ofNanos((long) ((System.nanoTime() - started) * (1 - part) / part));
        return String.format(
                Locale.ROOT,
                ", all films %.0f %%, %d:%02d:%02d left",
                100 * part,
                left.toHours(),
                left.toMinutesPart(),
                left.toSecondsPart());
    }

    private static long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
