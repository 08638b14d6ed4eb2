package dev.midframe.element;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.midframe.ffi.gst.Offsets;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OffsetsTest {

    private static final Path SOURCE = Path.of("native", "gstreamer-offsets.c");

    @Test
    void areThoseOfTheInstalledHeaders(@TempDir Path folder) throws IOException, InterruptedException {
        Path program = folder.resolve("offsets");
        Path output = folder.resolve("output");
        String compile = "cc -o " + program + " " + SOURCE
                + " $(pkg-config --cflags --libs gstreamer-base-1.0 gstreamer-video-1.0) && " + program;
        int result = new ProcessBuilder("sh", "-c", compile)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assumeTrue(result == 0, "needs a C compiler and libgstreamer-plugins-base1.0-dev");

        Map<String, Integer> fromHeaders = new HashMap<>();
        for (String line : Files.readAllLines(output)) {
            String[] parts = line.split(" ");
            fromHeaders.put(parts[0], Integer.parseInt(parts[1]));
        }

        assertThat(fromHeaders).isEqualTo(ours());
    }

    private static Map<String, Integer> ours() {
        Map<String, Integer> offsets = new HashMap<>();
        for (Field field : Offsets.class.getDeclaredFields()) {
            try {
                offsets.put(field.getName(), field.getInt(null));
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
        for (var function : VirtualFunctions.class.getDeclaredMethods()) {
            offsets.put(function.getName(), Offsets.slot(function.getName()));
        }
        return offsets;
    }
}
