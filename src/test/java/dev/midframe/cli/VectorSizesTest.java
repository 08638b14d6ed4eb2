package dev.midframe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.testkit.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operators on processors with shorter vectors than this one's, which Java can be held to. */
class VectorSizesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0} bytes, int8 {1}")
    @CsvSource({"16, on, off", "32, on, on", "32, off, off"})
    void framesAreTheSameWithShorterVectors(int bytes, String inBytes, String inBytesHere) throws Exception {
        byte[] frames = frames("here.i420", "-XX:MaxVectorSize=64", inBytesHere);
        byte[] shorter = frames("shorter.i420", "-XX:MaxVectorSize=" + bytes, inBytes);

        assertThat(shorter).hasSameSizeAs(frames).hasSize(5 * 320 * 180 * 3 / 2);
        int furthest = 0;
        for (int index = 0; index < frames.length; index++) {
            furthest = Math.max(furthest, Math.abs((frames[index] & 0xff) - (shorter[index] & 0xff)));
        }
        assertThat(furthest).as("code values").isLessThanOrEqualTo(2);
    }

    private byte[] frames(String file, String option, String inBytes) throws IOException, InterruptedException {
        ProcessBuilder builder = Program.builder(
                folder,
                "run",
                "videotestsrc pattern=ball motion=sweep num-buffers=3 ! video/x-raw,format=I420,width=320,height=180"
                        + " ! midframe backend=cpu ! filesink location=" + file);
        builder.environment().put("JDK_JAVA_OPTIONS", option);
        builder.environment().put("MIDFRAME_CPU_INT8", inBytes);
        builder.environment().put("MIDFRAME_CPU_QUICK_START", "off");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return Files.readAllBytes(folder.resolve(file));
    }
}
