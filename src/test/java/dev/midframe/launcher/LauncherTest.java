package dev.midframe.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./midframe} in copies of the checkout that are in every state in which a user may have them. */
class LauncherTest {

    private static Checkout built;
    private static Checkout.Run building;
    private static Checkout.Run waiting;

    @TempDir
    private Path folder;

    /** Two first starts at once, beside what an interrupted build of other sources left, without .git. */
    @BeforeAll
    static void build(@TempDir Path shared) throws IOException, InterruptedException, ExecutionException {
        built = Checkout.unpackedTo(shared.resolve("Zwei Wörter"));
        Files.write(built.target("midframe.jar"), new byte[100]);
        Files.createDirectories(built.target("lib"));
        Files.write(built.target("lib/older-1.0.jar"), new byte[100]);
        Files.write(built.target("lib/picocli-4.7.7.jar"), new byte[100]);

        ProcessBuilder launcher = built.launcher(Map.of(), List.of(), "--version");
        Process first = launcher.start();
        List<String> output = List.of(first.errorReader().readLine());
        var second = CompletableFuture.supplyAsync(() -> {
            try {
                return built.midframe("--version");
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        List<String> version = first.inputReader().lines().toList();
        building = new Checkout.Run(first.waitFor(), version, output);
        waiting = second.get();
        // Stands for a rehearsal that failed: it would take longer than all these tests.
        Files.createFile(built.target("stream.jsa"));
    }

    @Test
    void twoFirstStartsBuildOnceAndTheSecondSaysThatItWaits() {
        assertThat(building.messages()).singleElement().asString().contains("building");
        assertThat(waiting.messages()).singleElement().asString().contains("waiting for another midframe");
        for (Checkout.Run run : List.of(building, waiting)) {
            assertThat(run.exitCode()).isZero();
            assertThat(run.output()).singleElement().asString().startsWith("midframe ");
        }
    }

    @Test
    void nothingOfAnInterruptedBuildIsLeft() throws IOException {
        assertThat(built.target("lib/older-1.0.jar")).doesNotExist();
        assertThat(Files.size(built.target("lib/picocli-4.7.7.jar"))).isGreaterThan(100);
    }

    @Test
    void aBuiltCheckoutNeedsNoNetworkAndNoLocaleForNamesWithUmlauts() throws IOException, InterruptedException {
        for (String name : List.of("früher.png", "später.png")) {
            ImageIO.write(
                    new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB),
                    "png",
                    folder.resolve(name).toFile());
        }
        String[] words = {"interpolate", "früher.png", "später.png", "-o", "schön dazwischen.png"};
        Checkout.Run run = Checkout.run(
                built.launcher(Map.of(), Confinement.withoutNetwork(), words).directory(folder.toFile()));

        assertThat(run.messages()).isEmpty();
        assertThat(folder.resolve("schön dazwischen.png")).isNotEmptyFile();
    }

    @Test
    void theDemoMakesBothItsFilmsInTheHomeFolderAndLeavesTheCheckoutAlone() throws IOException, InterruptedException {
        List<Path> before = files(built.folder());

        Checkout.Run run = Checkout.run(built.launcher(Map.of("HOME", folder.toString()), List.of(), "demo"));

        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.toString()).contains("its second half, behind the start: ");
        assertThat(folder.resolve("midframe-demo-30fps.mp4")).isNotEmptyFile();
        assertThat(folder.resolve("midframe-demo-60fps.mp4")).isNotEmptyFile();
        assertThat(files(built.folder())).isEqualTo(before);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted().toList();
        }
    }

    @Test
    void aReadOnlyCheckoutRunsWhenItIsBuilt() throws IOException, InterruptedException {
        Checkout checkout = built.copiedTo(folder.resolve("copy"));
        Files.delete(checkout.target("short.aot"));

        Checkout.Run run = readOnly(checkout);

        assertThat(run.messages()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void aReadOnlyCheckoutThatIsNotBuiltSaysSo() throws IOException, InterruptedException {
        Checkout.Run run = readOnly(Checkout.unpackedTo(folder.resolve("copy")));

        assertThat(run.messages())
                .singleElement()
                .asString()
                .contains("not built")
                .contains("cannot be written");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    private static Checkout.Run readOnly(Checkout checkout) throws IOException, InterruptedException {
        Checkout.run(new ProcessBuilder("chmod", "-R", "a-w", checkout.folder().toString()));
        try {
            return Checkout.run(checkout.launcher(Map.of(), Confinement.withoutRightsOfRoot(), "--version"));
        } finally {
            Checkout.run(
                    new ProcessBuilder("chmod", "-R", "u+w", checkout.folder().toString()));
        }
    }

    @Test
    void sourcesOfAnotherReleaseAreBuiltEvenWhereTheyAreOlderThanWhatIsBuilt()
            throws IOException, InterruptedException {
        Checkout checkout = built.copiedTo(folder.resolve("copy"));
        Path source = checkout.folder().resolve("src/main/resources/added.txt");
        Files.writeString(source, "of a tar file");
        Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        Files.writeString(checkout.folder().resolve("pom.xml"), "<project>");

        for (int start = 0; start < 2; start++) {
            Checkout.Run run = checkout.midframe("--version");
            assertThat(run.messages())
                    .hasSize(2)
                    .element(1)
                    .asString()
                    .startsWith("midframe: the build failed: [ERROR]");
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void aFirstBuildWithoutNetworkSaysThatItNeedsIt() throws IOException, InterruptedException {
        Checkout checkout = Checkout.unpackedTo(folder.resolve("copy"));
        Path repository = Files.createDirectory(folder.resolve("repository"));

        Checkout.Run run = Checkout.run(checkout.launcher(
                Map.of("MAVEN_OPTS", "-Dmaven.repo.local=" + repository), Confinement.withoutNetwork(), "--version"));

        assertThat(run.messages()).hasSize(2).element(1).asString().contains("the build needs the network");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void aPathThatJavaCannotTakeIsNamed() throws IOException, InterruptedException {
        Checkout.Run run = Checkout.unpackedTo(folder.resolve("a:b")).midframe("--version");

        assertThat(run.messages()).singleElement().asString().contains("a:b has a colon");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void withoutAFittingJdkWhatWasFoundIsNamedAndWhatToInstall() throws IOException, InterruptedException {
        Path older = Files.createDirectories(folder.resolve("jvm/java-17"));
        Files.writeString(older.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        Map<String, String> environment = Map.of("JAVA_HOME", "", "HOME", folder.toString(), "PATH", "/usr/bin:/bin");

        Checkout.Run run = Checkout.run(built.launcher(
                environment, Confinement.withFolder(folder.resolve("jvm"), "/usr/lib/jvm"), "--version"));

        assertThat(run.messages())
                .singleElement()
                .asString()
                .contains("Java 17 without javac in /usr/lib/jvm/java-17")
                .contains("openjdk-25-jdk-headless");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void helpAndDoctorRunWithoutAnyPlugin() throws IOException, InterruptedException {
        List<String> within = Confinement.withFolder(folder, plugins());
        Map<String, String> environment =
                Map.of("GST_REGISTRY", folder.resolve("registry").toString());

        Checkout.Run help = Checkout.run(built.launcher(environment, within, "--help"));
        Checkout.Run doctor = Checkout.run(built.launcher(environment, within, "doctor"));
        Checkout.Run run = Checkout.run(built.launcher(environment, within, "run", "videotestsrc ! fakesink"));

        for (Checkout.Run any : List.of(help, doctor, run)) {
            assertThat(any.messages())
                    .singleElement()
                    .asString()
                    .contains("missing: ")
                    .contains(
                            "apt-get install gstreamer1.0-alsa gstreamer1.0-libav gstreamer1.0-nice gstreamer1.0-plugins-bad");
        }
        assertThat(help.exitCode()).isZero();
        assertThat(doctor.output()).anyMatch(line -> line.startsWith("JDK "));
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void theLoadersPathHasTheKernelsOfAnInstalledTensorRtAndNotItsLibraries() throws IOException, InterruptedException {
        Path installed = folder.resolve("midframe/tensorrt");
        Files.createDirectories(installed.resolve("kernels"));
        Map<String, String> environment =
                Map.of("XDG_DATA_HOME", folder.toString(), "JDK_JAVA_OPTIONS", "-XshowSettings:properties");

        Checkout.Run run = Checkout.run(built.launcher(environment, List.of(), "--version"));

        assertThat(run.messages())
                .anyMatch(line -> line.endsWith(installed.resolve("kernels").toString()));
        assertThat(run.messages()).noneMatch(line -> line.endsWith(installed.toString()));
    }

    @Test
    void aPipelineRunsWithoutThePartsThatItDoesNotNeed() throws IOException, InterruptedException {
        Checkout.Run run = withFewPlugins(Map.of());

        assertThat(run.messages().getFirst()).contains("missing: gstreamer1.0-alsa gstreamer1.0-libav");
        assertThat(run.exitCode()).as(run.toString()).isZero();
    }

    /** By a real apt-get that knows of no package: its folders are the test's own. */
    @Test
    void whatCannotBeInstalledIsTriedOnceAndAptsWordsGoToALog() throws IOException, InterruptedException {
        Confinement.needRoot();
        Path apt = Files.createDirectories(folder.resolve("apt"));
        Path settings = Files.writeString(
                folder.resolve("apt.conf"),
                "Dir \"%s\"; Dir::State::status \"%s\";".formatted(apt, Files.createFile(apt.resolve("status"))));
        Map<String, String> environment = Map.of(
                "APT_CONFIG", settings.toString(),
                "MIDFRAME_NO_INSTALL", "",
                "XDG_STATE_HOME", folder.resolve("state").toString());

        Checkout.Run first = withFewPlugins(environment);
        Checkout.Run second = withFewPlugins(environment);

        assertThat(first.messages().get(0))
                .contains("installing gstreamer1.0-alsa")
                .contains("install.log");
        assertThat(first.messages().get(1)).contains("missing: gstreamer1.0-alsa");
        assertThat(second.messages().get(0)).contains("missing: gstreamer1.0-alsa");
        assertThat(folder.resolve("state/midframe/install.log"))
                .content()
                .contains("Unable to locate package gstreamer1.0-alsa");
        assertThat(List.of(first.exitCode(), second.exitCode())).containsOnly(0);
    }

    private Checkout.Run withFewPlugins(Map<String, String> environment) throws IOException, InterruptedException {
        Path few = Files.createDirectories(folder.resolve("plugins"));
        for (String plugin : List.of("libgstcoreelements.so", "libgstplayback.so", "libgstvideotestsrc.so")) {
            Files.copy(plugins().resolve(plugin), few.resolve(plugin), StandardCopyOption.REPLACE_EXISTING);
        }
        var whole = new HashMap<>(environment);
        whole.put("GST_REGISTRY", folder.resolve("registry").toString());
        return Checkout.run(built.launcher(
                whole, Confinement.withFolder(few, plugins()), "run", "videotestsrc num-buffers=3 ! fakesink"));
    }

    private static Path plugins() throws IOException {
        try (var folders = Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-gnu")) {
            for (Path libraries : folders) {
                Path plugins = libraries.resolve("gstreamer-1.0");
                if (Files.isDirectory(plugins)) {
                    return plugins;
                }
            }
        }
        throw new IllegalStateException("GStreamer is not installed");
    }
}
