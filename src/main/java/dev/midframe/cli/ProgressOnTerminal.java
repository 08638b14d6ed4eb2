package dev.midframe.cli;

import dev.midframe.pipeline.EngineBuild;
import dev.midframe.pipeline.Progress;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that is written over itself and goes at the end. */
final class ProgressOnTerminal implements RunProgress {

    private final ProgressBar bar = new ProgressBarBuilder()
            .setTaskName("midframe")
            .setStyle(ProgressBarStyle.ASCII)
            .setUnit(" s of film", 1000)
            .setUpdateIntervalMillis(500)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .clearDisplayOnFinish()
            .build();

    @Override
    public void show(Progress progress, Optional<EngineBuild> build) {
        progress.duration().ifPresent(duration -> bar.maxHint(duration.toMillis()));
        bar.stepTo(progress.position().toMillis());
        bar.setExtraMessage(
                RunProgress.words(progress, build, bar.getElapsedAfterStart().toMillis()));
    }

    @Override
    public void close() {
        bar.close();
    }
}
