package dev.midframe.cli.play;

import dev.midframe.testkit.Program;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code midframe play} in a terminal that a test writes to and reads from. */
final class TerminalSession implements AutoCloseable {

    private final Process process;
    private final StringBuilder shown = new StringBuilder();

    /** Starts it; after it the terminal's settings are shown. */
    TerminalSession(Path folder, Object... words) throws IOException {
        List<String> command = Program.builder(folder, "play").command();
        String line = Stream.concat(command.stream(), Stream.of(words))
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" ", "trap : INT; ", "; echo ended with $?; stty -a"));
        var builder = new ProcessBuilder("script", "--quiet", "--flush", "--command", line, "/dev/null")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("SHELL", "/bin/sh");
        builder.environment().put("TERM", "xterm");
        process = builder.start();
        Thread.ofPlatform().daemon().start(this::read);
    }

    private void read() {
        try (Reader reader = process.inputReader()) {
            for (int read = reader.read(); read >= 0; read = reader.read()) {
                synchronized (shown) {
                    shown.append((char) read);
                    shown.notifyAll();
                }
            }
        } catch (IOException e) {
            // The test has ended it.
        } finally {
            synchronized (shown) {
                shown.append("\n<end>");
                shown.notifyAll();
            }
        }
    }

    /** Waits until the terminal shows what a pattern matches, after what was waited for before. */
    void await(String pattern) {
        synchronized (shown) {
            while (true) {
                var matcher = Pattern.compile(pattern).matcher(shown);
                if (matcher.find()) {
                    shown.delete(0, matcher.end());
                    return;
                }
                if (shown.indexOf("<end>") >= 0) {
                    throw new AssertionError("never shown: " + pattern + "; shown: " + shown);
                }
                try {
                    shown.wait();
                } catch (InterruptedException e) {
                    throw new AssertionError("not shown in time: " + pattern + "; shown: " + shown, e);
                }
            }
        }
    }

    void press(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(StandardCharsets.ISO_8859_1));
        process.getOutputStream().flush();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
