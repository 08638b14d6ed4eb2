package dev.midframe.tensorrt.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.midframe.testkit.OtherPrograms;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The PTX in the program is what the compiler makes of the kernels' source, and every GPU's assembler takes it. */
class CompiledKernelsTest {

    private static final String COMPILER = "release 13.0";

    @TempDir
    private Path folder;

    @Test
    void thePtxIsMadeOfTheSource() throws IOException, InterruptedException {
        OtherPrograms.require("nvcc");
        assumeTrue(output("nvcc", "--version").contains(COMPILER), "skipped: nvcc is not of " + COMPILER);
        Path compiled = folder.resolve("film_kernels.ptx");

        Process build = new ProcessBuilder("native/cuda/build.sh", compiled.toString())
                .inheritIO()
                .start();
        assertThat(build.waitFor()).as("exit code, ptxas included").isZero();
        assertThat(compiled)
                .hasSameTextualContentAs(Path.of("src/main/resources/dev/midframe/tensorrt/run/film_kernels.ptx"));
    }

    private static String output(String... command) throws IOException {
        return new String(new ProcessBuilder(command).start().getInputStream().readAllBytes());
    }
}
