package dev.midframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.element.MidframeElement;
import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.PipelineDescription;
import dev.midframe.testkit.AveragingInterpolator;
import dev.midframe.testkit.OtherPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On which of the machine's addresses sources listen, as the kernel has it. */
class SourceAddressTest {
    private static final Path SOCKETS = Path.of("/proc/net/udp");
    private static final String LOOPBACK = "0100007F";
    private static final String ANY = "00000000";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"rtp.gst", "mpegts-udp.gst"})
    void aPipelineListensOnThisMachineOnlyUnlessHostSaysOtherwise(String file) throws Exception {
        MidframeElement.register(AveragingInterpolator::new, (element, pts, kind, nanos) -> {});
        assertThat(listensOn(file, Map.of())).isEqualTo(LOOPBACK);
        assertThat(listensOn(file, Map.of("host", "0.0.0.0"))).isEqualTo(ANY);
    }

    @Test
    void theSourceOfAStreamListensOnThisMachineOnlyUnlessHostSaysOtherwise() throws Exception {
        int here = OtherPrograms.freePort();
        int everywhere = OtherPrograms.freePort();
        try (RunningServer server = new RunningServer(
                folder,
                "streams {\n"
                        + stream("here", "port = " + here)
                        + stream("everywhere", "port = " + everywhere + ", host = \"0.0.0.0\"")
                        + "}")) {
            server.await("/api/streams/here", "starting");
            assertThat(addressOf(here)).isEqualTo(LOOPBACK);
            assertThat(addressOf(everywhere)).isEqualTo(ANY);
        }
    }

    /** Its addresses are whole variables, so what they are without a value is all there is to see. */
    @Test
    void srtListensOnThisMachineOnly() throws IOException {
        assertThat(PipelineDescription.of("pipelines/srt.gst", Map.of()).text())
                .contains("uri=srt://127.0.0.1:7001?mode=listener")
                .contains("uri=srt://127.0.0.1:7002?mode=listener");
    }

    private static String stream(String name, String variables) {
        Path pipelines = Path.of("pipelines").toAbsolutePath();
        return "%s { pipeline = \"%s/browser.gst\", autostart = true\n  source { pipeline = \"%s/source-rtp.gst\", variables { %s } } }\n"
                .formatted(name, pipelines, pipelines, variables);
    }

    private static String listensOn(String file, Map<String, String> host) throws Exception {
        int port = OtherPrograms.freePort();
        Map<String, String> variables = new HashMap<>(host);
        variables.put("port", Integer.toString(port));
        variables.put("to", Integer.toString(OtherPrograms.freePort()));
        try (MediaPipeline pipeline = MediaPipeline.launch(
                PipelineDescription.of(Path.of("pipelines", file).toString(), variables))) {
            pipeline.play();
            return addressOf(port);
        }
    }

    /** The local address of the port in the kernel's hexadecimal, once it is bound. */
    private static String addressOf(int port) throws Exception {
        String mark = ":" + String.format(Locale.ROOT, "%04X", port);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < deadline) {
            for (String line : Files.readAllLines(SOCKETS)) {
                String local = line.strip().split("\\s+")[1];
                if (local.endsWith(mark)) {
                    return local.substring(0, local.length() - mark.length());
                }
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new AssertionError("port " + port + " is not bound after 30 s");
    }
}
