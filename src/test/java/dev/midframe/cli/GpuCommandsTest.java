package dev.midframe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.midframe.tensorrt.TensorRtAvailability;
import dev.midframe.testkit.Program;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        assertThat(err.toString()).contains("'large' is not a size");
    }

    @ParameterizedTest
    @CsvSource({"--level, 6, builder level 6 is not in 0..5", "--workspace, 0, a workspace of 0 bytes is none"})
    void gpuCheckRefusesABuilderThatDoesNotExist(String option, String value, String reason) {
        assertThat(run("gpu-check", option, value)).isEqualTo(2);
        assertThat(err.toString()).contains(reason);
    }

    @Test
    void aStreamOnTensorrtAloneEndsWithOneLineThatSaysWhatToInstall(@TempDir Path folder) throws Exception {
        Program.Result result =
                Program.run(folder, "run", "videotestsrc num-buffers=30 ! midframe backend=tensorrt ! fakesink");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output().lines().filter(line -> line.startsWith("midframe: ")))
                .singleElement()
                .asString()
                .startsWith("midframe: backend=tensorrt cannot run here: ")
                .contains("install");
    }

    @Test
    void aBackendIsNamedAsInAPipeline(@TempDir Path folder) throws IOException {
        Path picture = folder.resolve("black.png");
        ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());

        assertThat(run(
                        "interpolate",
                        picture.toString(),
                        picture.toString(),
                        "-o",
                        folder.resolve("m.png").toString(),
                        "--backend",
                        "tensorrt"))
                .isEqualTo(1);
        assertThat(err.toString().strip())
                .startsWith("midframe: backend=tensorrt cannot run here: ")
                .doesNotContain("\n");
    }

    @Test
    void doctorSaysWhatIsMissingForTheGpuAndThatAutoIsTheCpu() {
        run("doctor");

        List<String> missing = TensorRtAvailability.probe(System.getenv()).missing();
        assertThat(missing).isNotEmpty().allMatch(line -> line.contains("install"));
        missing.forEach(line -> assertThat(out.toString()).contains("missing: " + line));
        assertThat(out.toString()).contains("ONNX Runtime on the CPU with film-lite, because " + missing.getFirst());
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
