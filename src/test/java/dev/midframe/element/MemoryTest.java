package dev.midframe.element;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.testkit.AveragingInterpolator;
import dev.midframe.testkit.TestPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {

    private static final String CAPS = "video/x-raw,format=I420,width=64,height=48,framerate=25/1";

    @BeforeAll
    static void register() {}

    @Test
    void staysFlatOverAThousandFullHdFrames() throws IOException, InterruptedException {
        CountDownLatch underWay = new CountDownLatch(200);
        MidframeElement.register(AveragingInterpolator::new, (element, pts, kind, nanos) -> underWay.countDown());
        long megabytesUnderWay;
        try (TestPipeline running = new TestPipeline("videotestsrc pattern=black num-buffers=1000 ! "
                + "video/x-raw,format=NV12,width=1920,height=1080,framerate=60/1 ! midframe name=m ! "
                + "fakesink name=out sync=false")) {
            running.play();
            assertThat(underWay.await(60, TimeUnit.SECONDS)).isTrue();
            megabytesUnderWay = residentMegabytes();
            running.awaitEnd();

            assertThat(running.element("m").number("frames-out")).isEqualTo(1999);
        }
        // One frame more each time would be 3 GB.
        assertThat(residentMegabytes() - megabytesUnderWay).isLessThan(100);
    }

    private static long residentMegabytes() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .sum();
        }
    }

    @Test
    void leaksNoObjectAndCausesNoWarning(@TempDir Path folder) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                LeakCheck.class.getName(),
                "videotestsrc num-buffers=20 ! " + CAPS + " ! midframe ! fakesink",
                "videotestsrc num-buffers=20 ! " + CAPS + " ! queue ! midframe fps=60 depth=3 ! queue ! fakesink",
                "videotestsrc num-buffers=5 ! video/x-raw,framerate=25/1 ! midframe factor=40 ! fakesink",
                "concat name=c ! midframe ! fakesink videotestsrc num-buffers=5 ! " + CAPS
                        + " ! c. videotestsrc num-buffers=5 ! video/x-raw,format=NV12,width=32,height=32 ! c."));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("GST_TRACERS", "leaks");
        builder.environment().put("GST_DEBUG", "GST_TRACER:7");
        builder.environment().put("G_DEBUG", "fatal-criticals");
        Process process = builder.start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(Files.readAllLines(output).stream().filter(line -> line.contains("WARNING **")))
                .singleElement()
                .asString()
                .contains("Leaks detected");
        assertThat(Files.readAllLines(output).stream()
                        .filter(line -> line.contains("object-alive, type-name=(string)G")))
                .singleElement()
                .asString()
                .contains(LeakCheck.LEAKED_ON_PURPOSE);
    }
}
