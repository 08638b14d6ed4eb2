package dev.midframe.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.midframe.testkit.Ffmpeg;
import dev.midframe.testkit.OtherPrograms;
import dev.midframe.testkit.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The element in programs that know nothing of Java: each as its user starts it, in a process of its own. */
class PluginInHostsTest {

    private static final String SMALL = "videotestsrc num-buffers=%d ! video/x-raw,width=64,height=64,framerate=30/1";

    private static InstalledPlugin plugin;
    private static Path host;

    @BeforeAll
    static void install(@TempDir Path home) throws IOException, InterruptedException {
        OtherPrograms.require("cc");
        OtherPrograms.require("gst-launch-1.0");
        plugin = InstalledPlugin.in(home);
        host = plugin.compiled("host");
        plugin.run("gst-inspect-1.0", "midframe");
    }

    @Test
    void aScanOfPluginsStartsNoJvm(@TempDir Path home) throws IOException, InterruptedException {
        InstalledPlugin fresh = plugin.copy(home, plugin.options());

        assertThat(fresh.loadedFiles("gst-inspect-1.0", "fakesink"))
                .contains("libgstmidframe.so")
                .doesNotContain("libjvm.so");
    }

    @Test
    void theFactoryKnowsWithoutJavaWhatTheElementSaysOfItself() throws IOException, InterruptedException {
        List<String> lines = plugin.run("gst-inspect-1.0", "midframe").output();

        assertThat(lines)
                .anyMatch(line -> line.matches(" *Version +1\\.2\\.3"))
                .anyMatch(line -> line.startsWith("  factor "))
                .anyMatch(line -> line.startsWith("  frames-generated "));
        // Of the factory, which C describes, and of the pads, which Java makes.
        List<String> formats =
                lines.stream().filter(line -> line.contains("format: {")).toList();
        assertThat(formats).hasSize(2);
        for (var format : dev.midframe.video.PixelFormat.values()) {
            assertThat(formats).allMatch(line -> line.contains("(string)" + format.name()));
        }
    }

    @Test
    void programsCanAskForAVersion() throws IOException, InterruptedException {
        assertThat(exists("1.2.3")).isZero();
        assertThat(exists("1.2.4")).isNotZero();
    }

    private static int exists(String version) throws IOException, InterruptedException {
        return plugin.run("gst-inspect-1.0", "--exists", "--atleast-version=" + version, "midframe")
                .exitCode();
    }

    @Test
    void framesAreThoseOfRun(@TempDir Path folder) throws IOException, InterruptedException {
        String text =
                "videotestsrc num-buffers=12 horizontal-speed=3 ! video/x-raw,format=I420,width=160,height=96,framerate=30/1"
                        + " ! midframe factor=3 ! filesink location=";
        Program.Result ours = Program.run(folder, "run", text + folder.resolve("ours.yuv"));
        InstalledPlugin.Run theirs =
                plugin.run((Object[]) ("gst-launch-1.0 " + text + folder.resolve("theirs.yuv")).split(" "));

        assertThat(ours.exitCode()).as(ours.output()).isZero();
        assertThat(theirs.exitCode()).as(theirs.toString()).isZero();
        assertThat(folder.resolve("ours.yuv")).hasSize(34 * 160 * 96 * 3 / 2);
        assertThat(Files.mismatch(folder.resolve("ours.yuv"), folder.resolve("theirs.yuv")))
                .isEqualTo(-1);
    }

    @Test
    void ourOwnProgramUsesItsOwnElement(@TempDir Path folder) throws IOException, InterruptedException {
        List<String> command = Program.builder(folder, "run", SMALL.formatted(2) + " ! midframe ! fakesink")
                .command();

        assertThat(plugin.loadedFiles(command.toArray())).doesNotContain("libgstmidframe.so");
    }

    @Test
    void ctrlCInPythonIsPythons() throws IOException, InterruptedException {
        requirePython();
        Process python = plugin.program("/usr/bin/python3", "src/test/c/host.py")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();

        assertThat(python.inputReader().readLine()).isEqualTo("plays");
        new ProcessBuilder("kill", "-INT", Long.toString(python.pid())).start().waitFor();

        assertThat(python.inputReader().readLine()).isEqualTo("interrupted");
        assertThat(python.waitFor()).isZero();
    }

    @Test
    void theExampleInPythonPlaysAFilm(@TempDir Path folder) throws IOException, InterruptedException {
        requirePython();
        Path film = folder.resolve("film.mp4");
        Ffmpeg.ffmpeg("-f", "lavfi", "-i", "testsrc2=s=64x64:r=30:d=0.2", "-pix_fmt", "yuv420p", film.toString());

        InstalledPlugin.Run run = plugin.run("/usr/bin/python3", "docs/examples/smooth.py", film, "fakesink");

        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.output()).containsExactly("6 frames in, 11 out");
    }

    @Test
    void aHostWhoseReaderGoesAwayDiesOfThat() throws IOException, InterruptedException {
        InstalledPlugin.Run run = plugin.run(
                "bash",
                "-c",
                "gst-launch-1.0 -q videotestsrc ! video/x-raw,width=64,height=64 ! midframe factor=1 ! fdsink | head -c 99999"
                        + " | wc -c; echo ${PIPESTATUS[0]}");

        assertThat(run.output()).as(run.toString()).containsExactly("99999", "141");
    }

    @Test
    void whatBelongsToTheProcessStaysAsTheHostSetIt() throws IOException, InterruptedException {
        ProcessBuilder builder = plugin.program(host, "unchanged");
        builder.environment().put("LC_ALL", "C.UTF-8");
        InstalledPlugin.Run run = plugin.finished(builder);

        assertThat(run.output())
                .as(run.toString())
                .contains("locale C", "descriptors 256")
                .filteredOn(line -> line.startsWith("signal"))
                .hasSize(6)
                .allMatch(line -> line.endsWith(" unchanged"));
    }

    @Test
    void pluginsThatAreLoadedLaterLeaveJavaItsSignals() throws IOException, InterruptedException {
        InstalledPlugin.Run run = plugin.run(host, "later-plugin");

        assertThat(run.output()).as(run.toString()).containsExactly("handler kept");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void aHostThatTakesFaultsForItselfLeavesJavaItsOwn() throws IOException, InterruptedException {
        InstalledPlugin.Run run = plugin.run(host, "own-faults");

        assertThat(run.output()).as(run.toString()).containsExactly("handler Java's");
        assertThat(run.exitCode()).isEqualTo(4);
    }

    @Test
    void twoThreadsMakeTheFirstTwoElementsAtOnce() throws IOException, InterruptedException {
        InstalledPlugin.Run run = plugin.run(host, "two-threads");

        assertThat(run.output()).as(run.toString()).containsExactly("depth 0", "depth 0");
    }

    @RepeatedTest(3)
    void exitWhileFramesAreMadeEndsTheProcessAsUsual() throws IOException, InterruptedException {
        InstalledPlugin.Run run = plugin.run(
                host,
                "leave",
                "videotestsrc ! video/x-raw,width=160,height=96 ! midframe name=m factor=8 depth=4 ! fakesink"
                        + " videotestsrc ! video/x-raw,width=320,height=180 ! midframe factor=8 depth=4 ! fakesink");

        assertThat(run.exitCode()).as(run.toString()).isEqualTo(3);
    }

    /** Four pairs of a large picture are in flight: many seconds of work, which the engine finishes beside the host. */
    @Test
    void stoppingWaitsForNoPair() throws IOException, InterruptedException {
        InstalledPlugin.Run run = plugin.run(
                host,
                "stop",
                "videotestsrc horizontal-speed=5 ! video/x-raw,width=1920,height=1080,framerate=30/1"
                        + " ! midframe name=m factor=8 depth=4 motion-size=full ! fakesink");

        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(Long.parseLong(run.output().getFirst())).as(run.toString()).isLessThan(1000);
    }

    @Test
    void hundredsOfPipelinesOneAfterAnotherLeaveNothingBehind() throws IOException, InterruptedException {
        nothingGrows("300", SMALL.formatted(2) + " ! midframe factor=1 ! fakesink", 20_000);
        // Java compiles what makes the frames while the first dozens of them run, which takes memory once.
        nothingGrows("192", SMALL.formatted(3) + " ! midframe ! fakesink", 40_000);
    }

    private static void nothingGrows(String count, String text, long kilobytes)
            throws IOException, InterruptedException {
        ProcessBuilder builder = plugin.program(host, "many", count, text);
        // Up to eight arenas a processor fill one after the other else, for dozens of engines: that is no leak.
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        InstalledPlugin.Run run = plugin.finished(builder);

        assertThat(run.exitCode()).as(run.toString()).isZero();
        String[] half = run.output().get(0).split(" ");
        String[] whole = run.output().get(1).split(" ");
        assertThat(Long.parseLong(whole[0])).as(run.toString()).isLessThan(Long.parseLong(half[0]) + kilobytes);
        // GStreamer keeps threads and their descriptors for the next pipeline.
        for (int kind = 1; kind < whole.length; kind++) {
            assertThat(Integer.parseInt(whole[kind])).as(run.toString()).isLessThan(Integer.parseInt(half[kind]) + 7);
        }
    }

    /** By GStreamer's own tracer, which lists what lives when the library is left; G_DEBUG ends the process at a critical. */
    @Test
    void seekingPausingAndStoppingLeaveNoObjectAlive() throws IOException, InterruptedException {
        ProcessBuilder builder = plugin.program(
                host, "scrub", "videotestsrc ! video/x-raw,width=64,height=64 ! midframe ! queue ! fakesink sync=true");
        builder.environment().put("GST_TRACERS", "leaks");
        builder.environment().put("GST_DEBUG", "GST_TRACER:7");
        builder.environment().put("G_DEBUG", "fatal-criticals");
        InstalledPlugin.Run run = plugin.finished(builder);

        assertThat(run.output()).as(run.toString()).containsExactly("done");
        assertThat(run.exitCode()).isZero();
        assertThat(run.errors())
                .noneMatch(line -> line.contains("object-alive, type-name=(string)") && !line.contains("%s"));
    }

    @Test
    void aHostsOwnJvmIsJoined() throws IOException, InterruptedException {
        InstalledPlugin.Run run = plugin.run(
                host,
                "with-jvm",
                Path.of(System.getProperty("java.home"), "lib/server/libjvm.so"),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED");

        assertThat(run.exitCode()).as(run.toString()).isZero();
    }

    @Test
    void aHostsJvmWithoutTheModuleIsRefusedInOneLine() throws IOException, InterruptedException {
        InstalledPlugin.Run run =
                plugin.run(host, "with-jvm", Path.of(System.getProperty("java.home"), "lib/server/libjvm.so"));

        assertThat(run.output())
                .as(run.toString())
                .containsExactly("this program's JVM has no module jdk.incubator.vector; start it with"
                        + " --add-modules=jdk.incubator.vector");
    }

    @Test
    void aHostsOlderJvmIsRefusedInOneLine() throws IOException, InterruptedException {
        Path older = olderJvm();
        InstalledPlugin.Run run = plugin.run(host, "with-jvm", older);

        assertThat(run.output())
                .as(run.toString())
                .containsExactly("this program runs a JVM that is older than 25; run it with a JDK 25");
    }

    private static Path olderJvm() throws IOException {
        try (var jdks = Files.newDirectoryStream(Path.of("/usr/lib/jvm"))) {
            for (Path jdk : jdks) {
                Path release = jdk.resolve("release");
                Path jvm = jdk.resolve("lib/server/libjvm.so");
                if (Files.exists(jvm)
                        && Files.exists(release)
                        && Files.readString(release).matches("(?s).*JAVA_VERSION=\"(11|17|21)\\..*")) {
                    return jvm;
                }
            }
        }
        assumeTrue(false, "skipped: no JDK 11, 17 or 21 in /usr/lib/jvm");
        throw new AssertionError();
    }

    private static void requirePython() throws IOException, InterruptedException {
        assumeTrue(
                plugin.run("/usr/bin/python3", "-c", "import gi; gi.require_version('Gst', '1.0')")
                                .exitCode()
                        == 0,
                "skipped: python3-gi or gir1.2-gstreamer-1.0 is not installed");
    }
}
