package dev.midframe.cli.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The pace with a number of the engine's threads, against that with the first number measured. Decoding and scaling have threads
 * of their own.
 *
 * @param framesPerSecond that leave the element, of all clips together
 * @param speedUp over the first number
 * @param efficiency of the threads: the speed-up over how many times as many there are
 */
record CoreScaling(int cores, double framesPerSecond, double speedUp, double efficiency, double cpuSeconds) {

    /** Runs all clips with each number, after one run that is not counted: Java compiles in it. */
    static List<CoreScaling> measure(
            SpeedRun.Settings settings, List<Integer> cores, List<@Nullable Path> clips, PrintWriter out)
            throws IOException, InterruptedException {
        SpeedRun.measure(settings, clips.getFirst(), false);
        out.printf("%8s %9s %9s %11s %9s%n", "threads", "fps out", "speed-up", "efficiency", "CPU s");
        List<CoreScaling> all = new ArrayList<>();
        for (int number : cores) {
            CoreScaling row = row(settings.withThreads(number), clips, all.isEmpty() ? null : all.getFirst());
            all.add(row);
            out.printf(
                    Locale.ROOT,
                    "%8d %9.1f %9.2f %9.0f %% %9.1f%n",
                    row.cores,
                    row.framesPerSecond,
                    row.speedUp,
                    100 * row.efficiency,
                    row.cpuSeconds);
            out.flush();
        }
        return all;
    }

    private static CoreScaling row(SpeedRun.Settings settings, List<@Nullable Path> clips, @Nullable CoreScaling first)
            throws IOException, InterruptedException {
        double frames = 0;
        double seconds = 0;
        double cpuSeconds = 0;
        for (@Nullable Path clip : clips) {
            SpeedRun.Row row = SpeedRun.measure(settings, clip, false);
            frames += row.framesOut();
            seconds += row.framesOut() / row.framesPerSecond();
            cpuSeconds += row.cpuSeconds();
        }
        double pace = frames / seconds;
        int cores = settings.threads();
        return first == null
                ? new CoreScaling(cores, pace, 1, 1, cpuSeconds)
                : new CoreScaling(
                        cores,
                        pace,
                        pace / first.framesPerSecond,
                        pace / first.framesPerSecond * first.cores / cores,
                        cpuSeconds);
    }
}
