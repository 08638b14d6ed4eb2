package dev.midframe.ffi.av;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvFieldTest {

    private static final Path SOURCE = Path.of("native", "libav-offsets.c");

    @Test
    void liesWhereTheInstalledHeadersSay(@TempDir Path folder) throws IOException, InterruptedException {
        Path program = folder.resolve("offsets");
        Path output = folder.resolve("output");
        int result = new ProcessBuilder(
                        "sh",
                        "-c",
                        "cc -w -o " + program + " " + SOURCE + " $(pkg-config --cflags libavformat) && " + program)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assumeTrue(result == 0, "needs a C compiler and libavformat-dev");
        Map<String, Integer> inHeaders = Files.readAllLines(output).stream()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(words -> words[0], words -> Integer.valueOf(words[1])));
        int major = inHeaders.remove("LIBAVFORMAT");
        assumeTrue(major == 59 || major == 61, "libavformat " + major + " is not known");

        assertThat(Stream.of(AvField.values()).collect(Collectors.toMap(AvField::name, field -> field.in(major))))
                .isEqualTo(inHeaders);
    }
}
