package dev.midframe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.testkit.Program;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program writes about an address with a login in it. */
class SecretsInLogTest {
    private static final String SECRET = "hunter2";

    @TempDir
    private Path folder;

    @Test
    void aLoginIsNotInTheServersLog() throws Exception {
        Files.writeString(folder.resolve("cam.gst"), "uridecodebin uri=${input} ! appsink name=websocket");
        Path config = Files.writeString(
                folder.resolve("serve.conf"),
                "server.port = 0\nstreams { cam { pipeline = cam.gst, autostart = true\n"
                        + "  variables { input = \"//admin:" + SECRET + "@cam/one\" } } }");
        Process process = Program.start(folder, "serve", config.toString());
        try (BufferedReader said = process.inputReader()) {
            List<String> lines = new ArrayList<>();
            while (lines.stream().noneMatch(line -> line.contains("starting again"))) {
                lines.add(Objects.requireNonNull(said.readLine(), () -> "the program ended; it said: " + lines));
            }
            assertThat(lines.getLast()).contains("Invalid URI \"***@cam/***\"").doesNotContain(SECRET);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void aLoginIsNotInWhatARunSays() throws Exception {
        Program.Result result = Program.run(folder, "run", "nosuch://admin:" + SECRET + "@cam/one ! fakesink");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("nosuch://***@cam/***").doesNotContain(SECRET);
    }
}
