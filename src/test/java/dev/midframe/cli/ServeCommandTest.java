package dev.midframe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.midframe.cli.bench.StreamClient;
import dev.midframe.testkit.Browser;
import dev.midframe.testkit.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a user starts it: a process with the shipped configuration and the real engine. */
class ServeCommandTest {
    private static final Duration GONE = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    @TempDir
    private Path profile;

    @Test
    void theShippedConfigurationShowsAMovingPictureAndEndsInTime() throws Exception {
        Process process = Program.start(folder, "serve", shippedConfiguration());
        try (BufferedReader said = process.inputReader()) {
            URI page = address(said);
            var pictures = new CountDownLatch(30);
            StreamClient client = new StreamClient(
                    URI.create("ws://127.0.0.1:" + page.getPort() + "/ws/test"), unit -> pictures.countDown());
            assertThat(pictures.await(60, TimeUnit.SECONDS)).isTrue();
            client.close();

            long begun = System.nanoTime();
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(GONE);
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /** docs/guide/browser.md says how soon. */
    @Test
    void theShippedConfigurationMovesInABrowser() throws Exception {
        assumeTrue(Browser.installed().isPresent(), "skipped: Chromium is not installed (apt-get install chromium)");
        Process process = Program.start(folder, "serve", shippedConfiguration());
        try (BufferedReader said = process.inputReader();
                Browser browser = new Browser(Browser.installed().orElseThrow(), profile)) {
            browser.open(address(said));
            browser.await("!('empty' in document.getElementById('stage').dataset)");
            browser.awaitDistinctPictures(10);
            browser.await("document.getElementById('figures').textContent.includes('ONNX')");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** What opens an engine cannot be stopped, and is not waited for. */
    @Test
    void endsWhileFourStreamsAreStarting() throws Exception {
        String pipeline = Path.of("pipelines/websocket.gst").toAbsolutePath().toString();
        StringBuilder streams = new StringBuilder("server.port = 0\nstreams {\n");
        for (int i = 1; i <= 4; i++) {
            streams.append("s" + i + " { pipeline = \"" + pipeline + "\", autostart = true, variables { width = "
                    + 320 * i + ", height = " + 180 * i + " } }\n");
        }
        String config = Files.writeString(folder.resolve("four.conf"), streams.append("}\n"))
                .toString();
        Process process = Program.start(folder, "serve", config);
        try (BufferedReader said = process.inputReader()) {
            address(said);
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
        try (var files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("hs_err"));
        }
    }

    @Test
    void aStreamThatCanNeverRunIsToldBeforeAnythingStarts() throws Exception {
        Files.writeString(folder.resolve("typo.gst"), "videotestsrc patern=ball ! appsink name=websocket\n");
        Files.writeString(
                folder.resolve("gone.gst"), "filesrc location=${film} ! decodebin ! appsink name=websocket\n");
        String config = Files.writeString(folder.resolve("wrong.conf"), """
                        server.port = 0
                        streams {
                          a { pipeline = typo.gst }
                          b { pipeline = gone.gst, variables { film = /none/film.mp4 } }
                          c { pipeline = gone.gst }
                        }
                        """).toString();

        var result = Program.run(folder, "serve", config);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output().lines().filter(line -> line.startsWith("streams.")))
                .satisfiesExactly(
                        a -> assertThat(a).startsWith("streams.a cannot run: ").contains("no property \"patern\""),
                        b -> assertThat(b)
                                .isEqualTo(
                                        "streams.b cannot run: cannot read the input /none/film.mp4: there is no such file"),
                        c -> assertThat(c).contains("needs a value for film"));
    }

    @Test
    void theHangUpSignalHasTheConfigurationReadAgain() throws Exception {
        Process process = Program.start(folder, "serve", shippedConfiguration());
        try (BufferedReader said = process.inputReader()) {
            address(said);
            new ProcessBuilder("kill", "-s", "HUP", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            String line = said.readLine();
            while (line != null && !line.contains("configuration ")) {
                line = said.readLine();
            }
            assertThat(line).contains("configuration read again: [] changed");
        } finally {
            process.destroyForcibly();
        }
    }

    private String shippedConfiguration() throws IOException {
        return Files.writeString(
                        folder.resolve("midframe.conf"),
                        Files.readString(Path.of("config/midframe.conf"))
                                .replace("port = 8080", "port = 0")
                                .replace(
                                        "../pipelines",
                                        Path.of("pipelines").toAbsolutePath().toString()))
                .toString();
    }

    private static URI address(BufferedReader said) throws Exception {
        String mark = "midframe: open ";
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(mark)) {
                return URI.create(line.substring(mark.length()));
            }
        }
        throw new AssertionError("the server ended before it listened");
    }
}
