package dev.midframe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.cli.gpu.EnginesCommand;
import dev.midframe.testkit.gpu.FakeGpuStack;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Over what the engine on a GPU in Java has kept. */
class EnginesCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void buildEngines() {
        try (FakeGpuStack stack = FakeGpuStack.of(110201, folder)) {
            stack.open(1).close();
        }
    }

    @Test
    void enginesAreListedByWhatTheyAre() {
        assertThat(run("list")).isZero();

        assertThat(out.toString())
                .containsPattern(
                        "(?m)^ +[0-9.]+ MiB  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d  engine   FLOW of weights FP16 I420 38x22")
                .contains("FEATURES of", "FUSION of", "timing on Test GPU")
                .containsPattern("(?m)^[0-9.]+ of 4096 MiB in " + folder);
    }

    @Test
    void everythingCanBeRemoved() {
        assertThat(run("prune", "--to", "0")).isZero();
        assertThat(out.toString()).contains("FLOW of weights", "removed ");

        out.getBuffer().setLength(0);
        assertThat(run("list")).isZero();
        assertThat(out.toString()).startsWith("0.0 of 4096 MiB");
    }

    @Test
    void whatIsUnderTheLimitStays() {
        assertThat(run("prune")).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("removed 0.0 MiB\n");
    }

    @Test
    void wrongWordsAreNamed() {
        assertThat(run("prune", "--to", "-1")).isEqualTo(2);
        assertThat(run("build", "--size", "large")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString())
                .contains("--to -1 is less than 0", "'large' is not a size", "engines needs a command");
    }

    private int run(String... words) {
        CommandLine midframe = Midframe.commandLine();
        midframe.getCommandSpec().removeSubcommand("engines");
        midframe.addSubcommand(new EnginesCommand(Map.of("XDG_CACHE_HOME", folder.toString())));
        midframe.setOut(new PrintWriter(out, true));
        midframe.setErr(new PrintWriter(err, true));
        String[] all = new String[words.length + 1];
        all[0] = "engines";
        System.arraycopy(words, 0, all, 1, words.length);
        return midframe.execute(all);
    }
}
