package dev.midframe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.testkit.OtherPrograms;
import dev.midframe.testkit.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginCommandTest {

    @TempDir
    private Path home;

    @Test
    void aUserInstallsThePluginLooksAfterItAndRemovesIt() throws IOException, InterruptedException {
        OtherPrograms.require("cc");
        Path library = home.resolve("gstreamer-1.0/plugins/libgstmidframe.so");

        assertThat(plugin("status"))
                .isEqualTo(
                        new Program.Result(
                                1,
                                "not installed; ./midframe plugin install makes midframe an element of every GStreamer program\n"));
        assertThat(plugin("install"))
                .isEqualTo(new Program.Result(
                        0, "installed " + library + "; gst-inspect-1.0 midframe shows the element\n"));
        assertThat(plugin("status"))
                .isEqualTo(new Program.Result(0, library + "; every GStreamer program of this user has midframe\n"));
        Files.writeString(library.resolveSibling("libgstmidframe.options"), "/usr/lib/jvm/another\n");
        assertThat(plugin("status").output()).endsWith("run ./midframe plugin install\n");
        assertThat(plugin("remove")).isEqualTo(new Program.Result(0, "removed " + library + "\n"));
        assertThat(library.getParent()).isEmptyDirectory();
    }

    @Test
    void whoHasNoCompilerGetsThePluginThatComesAlong() throws IOException, InterruptedException {
        Path prebuilt = Path.of("native/prebuilt", System.getProperty("os.arch").replace("amd64", "x86_64"));
        Path library = home.resolve("gstreamer-1.0/plugins/libgstmidframe.so");
        ProcessBuilder builder = program("install");
        builder.environment().put("PATH", home.toString());

        assertThat(finished(builder).output()).startsWith("installed ");
        assertThat(library).hasSameBinaryContentAs(prebuilt.resolve("libgstmidframe.so"));
        assertThat(plugin("status").exitCode()).isZero();
    }

    @Test
    void pluginWithoutACommandSaysWhichThereAre() throws IOException, InterruptedException {
        Program.Result run = plugin();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).contains("plugin needs a command: install, status or remove");
    }

    private Program.Result plugin(String... words) throws IOException, InterruptedException {
        return finished(program(words));
    }

    private ProcessBuilder program(String... words) {
        ProcessBuilder builder = Program.builder(home, "plugin");
        builder.command().addAll(List.of(words));
        builder.environment().put("XDG_DATA_HOME", home.toString());
        builder.environment().put("XDG_CACHE_HOME", home.toString());
        return builder;
    }

    private static Program.Result finished(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Program.Result(process.waitFor(), output.replaceAll("WARNING: Using incubator.*\n", ""));
    }
}
