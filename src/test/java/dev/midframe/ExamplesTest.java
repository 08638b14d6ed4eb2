package dev.midframe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.testkit.Ffmpeg;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java program of docs/examples, started as a reader would. The one in Python belongs to PluginInHostsTest. */
class ExamplesTest {

    @Test
    void javaMakesTheFrameBetweenTwoPictures(@TempDir Path folder) throws IOException, InterruptedException {
        for (int second = 1; second <= 2; second++) {
            String picture = folder.resolve(second + ".png").toString();
            Ffmpeg.ffmpeg("-f", "lavfi", "-i", "testsrc=s=96x64", "-ss", "0." + second, "-frames:v", "1", picture);
        }
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Path.of("docs/examples/Between.java").toAbsolutePath().toString(),
                        "1.png",
                        "2.png",
                        "middle.png")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(java.waitFor()).as(output).isZero();
        assertThat(Ffmpeg.pictures(folder.resolve("middle.png"))).hasSize(1);
    }
}
