package dev.midframe.cli;

import static dev.midframe.testkit.Ffmpeg.ffmpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.midframe.testkit.Ffmpeg;
import dev.midframe.testkit.Program;
import dev.midframe.testkit.Screen;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The live files of pipelines/ as their comments say, between other programs, with the real engine. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LivePipelinesTest {
    private static final String PICTURE = "-re -f lavfi -i testsrc2=size=160x96:rate=10 -c:v libx264 -preset ultrafast "
            + "-tune zerolatency -g 10 -pix_fmt yuv420p ";
    private static final Pattern COUNTS = Pattern.compile("(\\d+) frames in, (\\d+) generated, (\\d+) out");

    private static final Pattern FLOWS = Pattern.compile("^midframe: [1-9]\\d*(/\\d+)? s of film");

    @TempDir
    private Path folder;

    private final List<Process> programs = new ArrayList<>();

    @AfterEach
    void programsEnd() {
        programs.forEach(program -> program.destroyForcibly().onExit().join());
    }

    @Test
    void mpegTransportStreamOverUdp() throws Exception {
        int in = freePort();
        int out = freePort();
        start("ffmpeg -nostdin -v error " + PICTURE + "-f mpegts udp://127.0.0.1:" + in + "?pkt_size=1316");
        run("mpegts-udp.gst", "port=" + in, "to=" + out, "overload=block");
        assertReceives("-f mpegts -i udp://127.0.0.1:" + out);
    }

    @Test
    void srt() throws Exception {
        int in = freePort();
        int out = freePort();
        run(
                "srt.gst",
                "input=srt://127.0.0.1:" + in + "?mode=listener",
                "output=srt://127.0.0.1:" + out + "?mode=listener",
                "overload=block");
        // Both call until they are answered: nothing says when the program listens.
        start(
                "sh -c",
                "until ffmpeg -nostdin -v error " + PICTURE + "-f mpegts srt://127.0.0.1:" + in
                        + "; do sleep 0.2; done");
        assertReceives("-f mpegts -i srt://127.0.0.1:" + out);
    }

    @Test
    void hls() throws Exception {
        Path film = folder.resolve("film.mp4");
        ffmpeg((PICTURE.replace("-re ", "") + "-t 30 " + film).split(" "));
        Path web = Files.createDirectory(folder.resolve("web"));
        try (WatchService changes = web.getFileSystem().newWatchService()) {
            web.register(changes, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            run("hls.gst", "input=" + film.toUri(), "folder=" + web, "seconds=1");
            Path playlist = web.resolve("playlist.m3u8");
            while (!Files.exists(playlist) || !Files.readString(playlist).contains(".ts")) {
                assertThat(changes.poll(60, TimeUnit.SECONDS)).isNotNull().satisfies(key -> {
                    key.pollEvents();
                    assertThat(key.reset()).isTrue();
                });
            }
            // Old segments go; those of the playlist stay.
            String segment = Files.readAllLines(playlist).stream()
                    .filter(line -> line.endsWith(".ts"))
                    .findFirst()
                    .orElseThrow();
            Path file = web.resolve(Path.of(segment).getFileName());
            assertThat(Ffmpeg.probe(file, "v:0", "stream=codec_name,width,height"))
                    .first()
                    .isEqualTo("h264,160,96");
            assertThat(Ffmpeg.videoTimes(file)).hasSizeGreaterThan(5);
        }
    }

    /** No camera is needed to try everything but the camera. */
    @Test
    void webcamWithATestPictureInTheCamerasPlace() throws Exception {
        Process program = run(
                "webcam.gst",
                "source=videotestsrc",
                "property=is-live",
                "device=true",
                "sink=fakesink",
                "width=160",
                "height=96");
        awaitProgress(program);
        terminate(program);
        assertThat(counts(program)).satisfies(counts -> {
            assertThat(counts[0]).isPositive();
            // The last one is held for its successor.
            assertThat(counts[2]).isGreaterThanOrEqualTo(counts[0] - 1);
        });
        assertThat(program.waitFor()).isZero();
    }

    @Test
    void webcamWithoutACameraIsOneLine() throws Exception {
        var result = Program.run(folder, "run", pipeline("webcam.gst"), "device=/dev/video99", "sink=fakesink");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output().lines().filter(line -> line.startsWith("midframe: ")))
                .containsExactly("midframe: v4l2src: Cannot identify device '/dev/video99'.");
    }

    @Test
    void aWindowWithoutADisplayIsOneLine() throws Exception {
        assumeTrue(System.getenv("DISPLAY") == null, "skipped: there is a display");
        var result = Program.run(folder, "run", pipeline("webcam.gst"));
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("midframe: there is no display to open a window on");
    }

    @Test
    void screenWithAMovingWindowInAWindow() throws Exception {
        try (Screen screen = new Screen("320x192")) {
            start(screen, "ffplay -v error -loop 0 -x 160 -y 96 -left 0 -top 0 -f lavfi testsrc2=size=160x96:rate=10");
            screen.awaitColours(0, 0, 160, 96);
            Process program = run(screen, "screen.gst", "fps=10", "sink=ximagesink");
            awaitProgress(program);
            screen.awaitColours(0, 0, 160, 96);
            terminate(program);
            assertThat(counts(program)[0]).isPositive();
        }
    }

    /** However slow the engine, every frame of the film itself is decoded and goes on to the window. */
    @Test
    void displayShowsEveryFrameOfTheFilm() throws Exception {
        Path film = folder.resolve("film.mp4");
        ffmpeg(("-f lavfi -i testsrc2=size=640x360:rate=30 -t 3 -c:v libx264 -preset ultrafast -pix_fmt yuv420p "
                        + film)
                .split(" "));
        try (Screen screen = new Screen("1280x720")) {
            Process program = run(screen, "display.gst", "input=" + film, "sink=ximagesink");
            screen.awaitColours(0, 0, 320, 180);
            assertThat(counts(program)[0]).isEqualTo(90);
            assertThat(program.waitFor()).isZero();
        }
    }

    /** Pictures in growing times, twice as dense as those that are sent. */
    private void assertReceives(String from) throws Exception {
        Path list = folder.resolve("received.csv");
        Process receiver = start(
                "sh -c",
                "until ffmpeg -nostdin -v error -y " + from + " -frames:v 21 -c copy -f framecrc " + list
                        + "; do sleep 0.2; done");
        assertThat(receiver.waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<Long> times = Files.readAllLines(list).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> Long.parseLong(line.split(",")[2].strip()))
                .toList();
        assertThat(times).hasSize(21).isSorted().doesNotHaveDuplicates();
        // 90 kHz, sent at 10 frames a second: at twice that, neighbours are 4500 ticks apart, but for lost packets.
        List<Long> distances = IntStream.range(1, times.size())
                .mapToObj(k -> times.get(k) - times.get(k - 1))
                .sorted()
                .toList();
        assertThat(distances.get(distances.size() / 2)).isBetween(3000L, 6000L);
    }

    private Process run(String name, String... variables) throws IOException {
        return run(null, name, variables);
    }

    private Process run(Screen screen, String name, String... variables) throws IOException {
        var words = new ArrayList<>(List.of("run", pipeline(name)));
        words.addAll(List.of(variables));
        ProcessBuilder builder = Program.builder(folder, words.toArray(String[]::new));
        if (screen != null) {
            builder.environment().put("DISPLAY", screen.name());
        }
        Process program = builder.start();
        programs.add(program);
        return program;
    }

    private Process start(String words, String... more) throws IOException {
        return start(null, words, more);
    }

    private Process start(Screen screen, String words, String... more) throws IOException {
        var command = new ArrayList<>(Arrays.asList(words.split(" ")));
        command.addAll(List.of(more));
        var builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        if (screen != null) {
            builder.environment().put("DISPLAY", screen.name());
            builder.environment().put("SDL_AUDIODRIVER", "dummy");
        }
        Process program = builder.start();
        programs.add(program);
        return program;
    }

    private static String pipeline(String name) {
        return Path.of("pipelines", name).toAbsolutePath().toString();
    }

    /** Progress is reported as soon as frames flow: here until a second of film has. */
    private static void awaitProgress(Process program) throws IOException {
        BufferedReader said = program.inputReader();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (FLOWS.matcher(line).find()) {
                return;
            }
        }
        throw new AssertionError("ended before frames flowed");
    }

    /** Ends it as a user does, and leaves what it says last to be read, which Process.destroy would close. */
    private static void terminate(Process program) {
        program.toHandle().destroy();
    }

    private static long[] counts(Process program) throws IOException {
        // The process keeps one reader, whoever asks for it.
        String said = program.inputReader().lines().collect(Collectors.joining("\n"));
        Matcher counts = COUNTS.matcher(said);
        assertThat(counts.find()).as(said).isTrue();
        return new long[] {
            Long.parseLong(counts.group(1)), Long.parseLong(counts.group(2)), Long.parseLong(counts.group(3))
        };
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            return socket.getLocalPort() & ~1;
        }
    }
}
