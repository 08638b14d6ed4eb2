package dev.midframe.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Other programs as senders and receivers; all that were started end with the test. */
public final class OtherPrograms implements AutoCloseable {
    private final List<Process> started = new ArrayList<>();

    public static void require(String program) {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(part -> Files.isExecutable(Path.of(part, program))),
                "skipped: " + program + " is not installed");
    }

    /** ffmpeg's option to read a file at its own pace from the first frame on: since version 6.1 half a second comes at once. */
    public static String evenPace() throws IOException {
        Process help = new ProcessBuilder("ffmpeg", "-v", "error", "-h", "full").start();
        boolean bursts = help.inputReader().lines().anyMatch(line -> line.startsWith("-readrate_initial_burst"));
        return bursts ? "-re -readrate_initial_burst 0.001" : "-re";
    }

    /** A UDP port free a moment ago, even, as RTP wants it: its neighbour carries RTCP. */
    public static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            return socket.getLocalPort() & ~1;
        }
    }

    /** Words are split at spaces, paths are not. */
    public Process ffmpeg(Object... words) throws IOException {
        return start(new ProcessBuilder(ffmpegCommand(words)).redirectOutput(ProcessBuilder.Redirect.DISCARD));
    }

    /** Begins anew until it succeeds: nothing says when the program that it calls can be reached. */
    public Process ffmpegAgainAndAgain(Object... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "until \"$@\"; do sleep 0.2; done", "sh"));
        command.addAll(ffmpegCommand(words));
        return start(new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD));
    }

    private static List<String> ffmpegCommand(Object... words) {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
        for (Object word : words) {
            command.addAll(
                    word instanceof Path path
                            ? List.of(path.toString())
                            : Arrays.asList(word.toString().split(" ")));
        }
        return command;
    }

    /** A class of the tests as a program of its own; its output can be read. */
    public Process java(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return start(new ProcessBuilder(command));
    }

    public static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        started.forEach(OtherPrograms::kill);
    }

    /** Starts a program that ends with the test. */
    public Process start(ProcessBuilder builder) throws IOException {
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        started.add(process);
        return process;
    }
}
