package dev.midframe.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.midframe.pipeline.InstalledGStreamer;
import dev.midframe.testkit.OtherPrograms;
import dev.midframe.testkit.Program;
import dev.midframe.testkit.Screen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Captures from real PipeWire and the real portal; the desktop behind it shares a film and is src/test/portal/backend.py. */
@Timeout(300)
class CaptureCommandTest {

    private static final int FRAME_BYTES = 64 * 36 * 3 / 2;

    @TempDir
    private Path folder;

    @Test
    void theDesktopIsAskedOnceAndItsPicturesAreShown() throws IOException, InterruptedException {
        Program.Result first =
                capture("yes", "screen", "--pointer", "--size", "64x36", "--sink", thirtyFrames("first"));

        assertThat(first.exitCode()).as(first.output()).isZero();
        assertThat(asked()).containsExactly("ready", "types 1 pointer 2 restored none", "session closed");
        assertThat(folder.resolve("first")).hasSize(30 * FRAME_BYTES);
        Path token = folder.resolve("state/midframe/capture-screen.token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                .isEqualTo("rw-------");

        Program.Result second = capture("yes", "screen", "--size", "64x36", "--sink", thirtyFrames("second"));

        assertThat(second.exitCode()).as(second.output()).isZero();
        assertThat(asked()).contains("types 1 pointer 1 restored film");

        capture("yes", "screen", "--ask", "--size", "64x36", "--sink", thirtyFrames("third"));

        assertThat(asked()).contains("types 1 pointer 1 restored none");
    }

    @Test
    void whoClosesTheDialogIsToldSo() throws IOException, InterruptedException {
        Program.Result run = capture("no", "screen", "--sink", "fakesink");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).contains("midframe: nothing was chosen to be shared\n");
    }

    @Test
    void whatTheDesktopDoesNotShareIsSaid() throws IOException, InterruptedException {
        Program.Result run = capture("yes", "window", "--sink", "fakesink");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).contains("midframe: this desktop shares no single windows; capture the screen\n");
    }

    @Test
    void withoutADesktopNothingIsCaptured() throws IOException, InterruptedException {
        requirePipeWire();
        ProcessBuilder builder = Program.builder(folder, "capture", "screen", "--sink", "fakesink");
        builder.environment().put("WAYLAND_DISPLAY", "none");
        builder.environment().put("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + folder.resolve("none"));
        Program.Result run = finished(builder);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).contains("midframe: there is no session of a desktop to capture (");
    }

    @Test
    void onX11TheScreenIsCaptured() throws IOException, InterruptedException {
        try (Screen screen = new Screen("64x36")) {
            ProcessBuilder builder = Program.builder(folder, "capture", "screen", "--sink", thirtyFrames("frames"));
            builder.environment().put("DISPLAY", screen.name());
            builder.environment().remove("WAYLAND_DISPLAY");
            Program.Result run = finished(builder);

            assertThat(run.exitCode()).as(run.output()).isZero();
            assertThat(folder.resolve("frames")).hasSize(30 * FRAME_BYTES);
        }
    }

    private String thirtyFrames(String file) {
        return "identity eos-after=31 ! filesink location=" + folder.resolve(file);
    }

    private List<String> asked() throws IOException {
        return Files.readAllLines(folder.resolve("asked"));
    }

    private Program.Result capture(String consent, String... words) throws IOException, InterruptedException {
        requirePipeWire();
        for (String program : List.of("dbus-run-session", "pipewire", "wireplumber", "pw-dump", "gst-launch-1.0")) {
            OtherPrograms.require(program);
        }
        assumeTrue(
                Files.isExecutable(Path.of("/usr/libexec/xdg-desktop-portal")),
                "skipped: xdg-desktop-portal is not installed");
        var arguments = new ArrayList<>(List.of("capture"));
        arguments.addAll(List.of(words));
        ProcessBuilder builder = Program.builder(folder, arguments.toArray(String[]::new));
        var command = new ArrayList<>(
                List.of(Path.of("src/test/portal/session").toAbsolutePath().toString(), folder.toString(), consent));
        command.addAll(builder.command());
        return finished(builder.command(command));
    }

    private static void requirePipeWire() {
        assumeTrue(InstalledGStreamer.has("pipewiresrc"), "skipped: gstreamer1.0-pipewire is not installed");
    }

    private static Program.Result finished(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Program.Result(process.waitFor(), output);
    }
}
