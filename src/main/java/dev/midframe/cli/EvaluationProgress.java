package dev.midframe.cli;

import dev.midframe.quality.Progress;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how far an evaluation is: one bar a sequence, on standard error, where a person can see it. */
final class EvaluationProgress implements Progress, AutoCloseable {

    private static final int REFRESH_MILLIS = 500;

    private final boolean visible;
    private @Nullable ProgressBar bar;

    EvaluationProgress(boolean visible) {
        this.visible = visible;
    }

    @Override
    public void sequence(String name, int number, int of) {
        close();
        if (visible) {
            bar = new ProgressBarBuilder()
                    .setTaskName(number + "/" + of + " " + name)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUnit(" pictures", 1)
                    .setUpdateIntervalMillis(REFRESH_MILLIS)
                    .showSpeed()
                    .clearDisplayOnFinish()
                    .build();
        }
    }

    @Override
    public void picture(long done, long expected) {
        if (bar != null) {
            bar.maxHint(expected);
            bar.stepTo(done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
