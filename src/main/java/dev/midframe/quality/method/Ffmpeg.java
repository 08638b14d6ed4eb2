package dev.midframe.quality.method;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The program ffmpeg, to compare with.
 *
 * @param program where it lies
 */
public record Ffmpeg(Path program) {

    /** The first of the search path; empty if there is none. */
    public static Optional<Ffmpeg> installed() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(Pattern.quote(File.pathSeparator)))
                .map(folder -> Path.of(folder, "ffmpeg"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Ffmpeg::new);
    }

    /** A run that does not read the terminal. */
    public ProcessBuilder command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString(), "-nostdin", "-hide_banner"));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }
}
