package dev.midframe.quality.cuts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.cadence.change.ChangeDetector;
import dev.midframe.quality.EvaluationException;
import dev.midframe.quality.Progress;
import dev.midframe.testkit.Footage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SceneCutMeasurementTest {
    private static final Progress UNWATCHED = new Progress() {
        @Override
        public void sequence(String name, int number, int of) {}

        @Override
        public void picture(long done, long expected) {}
    };

    @TempDir
    Path folder;

    @Test
    void joinsAreSeenAndHardMotionAndChangesOfLightAreNot() throws Exception {
        Path clips = Footage.folder("clips");
        for (String clip : new String[] {
            "ax_london_360p/london_360p30.mp4", "gopro_max_walk/max-heromode.mp4", "sam2_bedroom/bedroom.mp4"
        }) {
            Path file = clips.resolve(clip);
            Files.createSymbolicLink(folder.resolve(file.getFileName()), file.toAbsolutePath());
        }

        SceneCutResult result =
                new SceneCutMeasurement(folder, 60, ChangeDetector.DEFAULT_SCENE_THRESHOLD, 7).run(UNWATCHED);

        assertThat(result.recall()).as(result.text()).isGreaterThanOrEqualTo(0.99);
        assertThat(result.clips()).as(result.text()).hasSize(3).allMatch(clip -> clip.cuts()
                .isEmpty());
        assertThat(result.tones())
                .as(result.text())
                .hasSize(4)
                .allMatch(tone -> tone.trials() == 3 * 6 && tone.cuts() == 0);
    }

    @Test
    void oneClipCannotBeJoined() {
        Path clip = Footage.folder("clips/intel_asl_walk");

        assertThatThrownBy(() -> new SceneCutMeasurement(clip, 10, 0.3, 1))
                .isInstanceOf(EvaluationException.class)
                .hasMessageStartingWith("only one clip in ");
    }
}
