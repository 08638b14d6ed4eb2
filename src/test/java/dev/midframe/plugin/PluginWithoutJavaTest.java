package dev.midframe.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.testkit.OtherPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs go on, and say what is wrong in one line, where the element's JVM cannot be started. */
class PluginWithoutJavaTest {

    private static InstalledPlugin plugin;

    @TempDir
    private Path home;

    @BeforeAll
    static void install(@TempDir Path home) throws IOException, InterruptedException {
        OtherPrograms.require("cc");
        OtherPrograms.require("gst-launch-1.0");
        plugin = InstalledPlugin.in(home);
    }

    @ParameterizedTest
    @CsvSource({
        "--no-such-option, the JVM cannot start: Unrecognized option: --no-such-option",
        "-XX:+UseG1GC, the JVM cannot start: ",
        "-Xms900g, the JVM cannot start: ",
        "--add-modules=no.such.module, the JVM cannot start: ",
        "-Djava.class.path=/no/such.jar, java.lang.NoClassDefFoundError: dev/midframe/plugin/HostProgram; run: midframe plugin install",
    })
    void anOptionThatTheJvmDoesNotTakeIsTheElementsError(String option, String words)
            throws IOException, InterruptedException {
        List<String> options = plugin.options();
        options.add(option);
        errorBegins(plugin.copy(home, options), words);
    }

    @Test
    void aJdkThatIsGoneIsTheElementsError() throws IOException, InterruptedException {
        List<String> options = plugin.options();
        options.set(0, "/no/such/jdk");
        errorBegins(
                plugin.copy(home, options),
                "/no/such/jdk is no JDK of 25 or later with the module jdk.incubator.vector; run: midframe plugin install");
    }

    @Test
    void missingOptionsAreTheElementsError() throws IOException, InterruptedException {
        InstalledPlugin copy = plugin.copy(home, List.of());
        Files.delete(copy.installation().options());
        errorBegins(copy, copy.installation().options() + " cannot be read; run: midframe plugin install");
    }

    @Test
    void anotherJdkIsTakenFromTheEnvironment() throws IOException, InterruptedException {
        List<String> options = plugin.options();
        String jdk = options.set(0, "/no/such/jdk");
        ProcessBuilder builder = plugin.copy(home, options).program("gst-inspect-1.0", "midframe");
        builder.environment().putAll(Map.of("JAVA_HOME", jdk));

        assertThat(plugin.finished(builder).output()).anyMatch(line -> line.startsWith("  frames-generated "));
    }

    /** The program lives to say so, and its other elements work. */
    private static void errorBegins(InstalledPlugin broken, String words) throws IOException, InterruptedException {
        InstalledPlugin.Run run =
                broken.run("gst-launch-1.0", "videotestsrc", "num-buffers=3", "!", "midframe", "!", "fakesink");
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(1);
        assertThat(run.errors())
                .as(run.toString())
                .anyMatch(line -> line.startsWith("midframe: " + words))
                .anyMatch(line -> line.startsWith("ERROR: ") && line.contains(words));

        InstalledPlugin.Run other =
                broken.run("gst-launch-1.0", "videotestsrc", "num-buffers=3", "!", "videoconvert", "!", "fakesink");
        assertThat(other.exitCode()).as(other.toString()).isZero();
    }
}
