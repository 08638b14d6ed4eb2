package dev.midframe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.midframe.tensorrt.TensorRtAvailability;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the GPU's commands say where there is no GPU. */
class GpuCommandsTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void thereIsNoGpu() {
        assumeThat(TensorRtAvailability.probe(System.getenv()).complete())
                .as("a GPU and TensorRT are here")
                .isFalse();
    }

    @Test
    void gpuCheckEndsWithOneLineThatSaysWhatToInstall() {
        assertThat(run("gpu-check")).isEqualTo(1);
        assertThat(err.toString().strip())
                .startsWith("midframe: gpu-check cannot run here: ")
                .contains("install")
                .doesNotContain("\n");
    }

    @Test
    void gpuCheckRefusesWhatIsNoSize() {
        assertThat(run("gpu-check", "--sizes", "large")).isEqualTo(2);
        assertThat(err.toString()).contains("'large' is no size");
    }

    @Test
    void tensorrtTellsWhatIsMissing() {
        assertThat(run("tensorrt")).isEqualTo(1);
        assertThat(out.toString()).contains("missing: ");
    }

    private int run(String... arguments) {
        CommandLine commandLine = Midframe.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
