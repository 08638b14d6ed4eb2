package dev.midframe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.midframe.testkit.Program;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Films whose pixel format GStreamer has no name for: its decoder crashes the process where it writes without a copy. */
class UnknownPixelFormatTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"ffv1, gray12le, avdec_ffv1", "ffv1, yuv444p16le, avdec_ffv1", "libvpx-vp9, yuv440p, avdec_vp9"})
    void isRefusedInOneLine(String codec, String pixels, String decoder) throws Exception {
        Program.Result result = run(film(codec, pixels), decoder);
        assertThat(result.output().lines())
                .filteredOn(line -> line.startsWith("midframe: "))
                .singleElement()
                .asString()
                .startsWith(
                        "midframe: " + decoder + " decodes the input into a pixel format that GStreamer does not know");
        assertThat(result.exitCode()).isOne();
    }

    @ParameterizedTest
    @CsvSource({"ffv1, yuv420p10le, avdec_ffv1"})
    void oneThatItKnowsIsDecoded(String codec, String pixels, String decoder) throws Exception {
        assertThat(run(film(codec, pixels), decoder).exitCode()).isZero();
    }

    private Program.Result run(Path film, String decoder) throws Exception {
        ProcessBuilder program = Program.builder(
                folder, "run", "filesrc location=" + film + " ! matroskademux ! " + decoder + " ! fakesink");
        // The decoder itself complains of such formats by criticals.
        program.environment().remove("G_DEBUG");
        Process process = program.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Program.Result(process.waitFor(), output);
    }

    private Path film(String codec, String pixels) throws Exception {
        Path film = folder.resolve("film.mkv");
        Process ffmpeg = new ProcessBuilder(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc=s=64x48:r=25:d=0.4",
                        "-strict",
                        "-1",
                        "-pix_fmt",
                        pixels,
                        "-c:v",
                        codec,
                        film.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(ffmpeg.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(ffmpeg.waitFor() == 0, "ffmpeg makes no " + codec + " of " + pixels + ": " + output);
        return film;
    }
}
