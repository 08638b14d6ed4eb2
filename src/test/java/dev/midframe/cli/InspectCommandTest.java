package dev.midframe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {

    @TempDir
    Path folder;

    @Test
    void aFilesCadenceIsToldAndDrawn() {
        String given = System.getenv("MIDFRAME_FOOTAGE");
        Path clip = Path.of(given == null ? "../shared/footage" : given)
                .resolve("clips/ax_london_60fps_240p/london_320x240_60fps.mp4");
        assumeTrue(Files.isRegularFile(clip), "no footage at " + clip + ": set MIDFRAME_FOOTAGE");
        Path json = folder.resolve("c.json");
        Path plot = folder.resolve("c.png");

        CommandRun run = CommandRun.of("inspect", clip, "--json", json, "--plot", plot);

        assertThat(run.errors()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.output())
                .anyMatch(line -> line.matches("frames +932, .* frames a second"))
                .anyMatch(line -> line.matches("repeats +318, longest run .*"))
                .anyMatch(line -> line.matches("sound +begins .* ms after the picture"));
        assertThat(json).isNotEmptyFile();
        assertThat(plot).isNotEmptyFile();
    }

    @Test
    void wrongCommandsAreToldInOneLine() throws Exception {
        Path text = Files.writeString(folder.resolve("a.txt"), "no video");

        assertWrong(2, "no file", "inspect", folder.resolve("missing.mp4"));
        assertWrong(2, "is not above 0", "inspect", text, "--scene-threshold", "0");
        assertWrong(2, "cannot write", "inspect", text, "--plot", folder.resolve("missing/a.png"));
        assertWrong(1, "cannot read video from", "inspect", text);
    }

    private static void assertWrong(int exitCode, String message, Object... command) {
        CommandRun run = CommandRun.of(command);

        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.errors().getFirst()).startsWith("midframe: ").contains(message);
    }
}
