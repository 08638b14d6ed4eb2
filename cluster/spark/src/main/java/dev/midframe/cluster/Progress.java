package dev.midframe.cluster;

import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaSparkContext;

/** Says on the terminal, every few seconds, how far a stage is: a bar, a rate, the time left. */
final class Progress {

    private static final int SECONDS = 5;
    private static final int WIDTH = 30;

    private final JavaSparkContext spark;
    private final String what;
    private final long begun = System.nanoTime();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });

    Progress(JavaSparkContext spark, String what, int count) {
        this.spark = spark;
        this.what = what;
        spark.setJobDescription(what);
        System.err.println("midframe: " + what + ": " + count);
        clock.scheduleAtFixedRate(this::show, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    private void show() {
        int done = 0;
        int all = 0;
        for (int stage : spark.statusTracker().getActiveStageIds()) {
            SparkStageInfo info = spark.statusTracker().getStageInfo(stage);
            if (info != null) {
                done += info.numCompletedTasks();
                all += info.numTasks();
            }
        }
        if (all > 0) {
            double minutes = (System.nanoTime() - begun) / 60e9;
            int full = WIDTH * done / all;
            System.err.println(String.format(
                    Locale.ROOT,
                    "midframe: %s [%s%s] %d/%d, %.1f a minute, %s",
                    what,
                    "#".repeat(full),
                    ".".repeat(WIDTH - full),
                    done,
                    all,
                    done / minutes,
                    done == 0 ? "" : String.format(Locale.ROOT, "%.0f min left", minutes * (all - done) / done)));
        }
    }

    void close() {
        clock.shutdownNow();
    }
}
