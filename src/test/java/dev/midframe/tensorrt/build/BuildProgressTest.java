package dev.midframe.tensorrt.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuildProgressTest {

    private final List<Double> reported = new ArrayList<>();

    @Test
    void aPhaseWithinAPhaseCountsWithinItsStep() {
        BuildProgress progress = progress(false);
        progress.phaseStart("Build", null, 2);
        progress.phaseStart("Tactics", "Build", 4);
        progress.stepComplete("Tactics", 0);
        progress.stepComplete("Tactics", 1);
        progress.phaseFinish("Tactics");
        progress.stepComplete("Build", 0);
        progress.phaseStart("Serialize", "Build", 1);
        progress.phaseFinish("Serialize");
        progress.stepComplete("Build", 1);
        progress.phaseFinish("Build");

        assertThat(reported).containsExactly(0.125, 0.25, 0.5, 1.0);
    }

    @Test
    void neverFalls() {
        BuildProgress progress = progress(false);
        progress.phaseStart("Build", null, 4);
        progress.phaseStart("First try", "Build", 1);
        progress.phaseFinish("First try");
        progress.phaseStart("Second try", "Build", 2);
        progress.stepComplete("Second try", 0);
        progress.stepComplete("Build", 0);
        progress.stepComplete("unknown", 0);

        assertThat(reported).containsExactly(0.25);
    }

    @Test
    void asksAfterEveryStepWhetherToGoOn() {
        BuildProgress progress = progress(true);
        progress.phaseStart("Build", null, 4);

        assertThat(progress.stepComplete("Build", 0)).isFalse();
    }

    private BuildProgress progress(boolean cancelled) {
        return new BuildProgress(reported::add, () -> cancelled);
    }
}
