package dev.midframe.ffi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is generated of the headers in native/ is what jextract makes of them, edited by nobody. */
class GeneratedBindingsTest {

    private static final Path SOURCES = Path.of("src/main/java");

    @TempDir
    private Path generated;

    @Test
    void areWhatJextractMakesOfTheHeaders() throws Exception {
        assumeThat(isOnThePath("jextract")).as("jextract is on the PATH").isTrue();
        Process generator = new ProcessBuilder("native/generate-bindings.sh", generated.toString())
                .inheritIO()
                .start();
        assertThat(generator.waitFor()).isZero();

        for (String library : new String[] {"cuda", "tensorrt"}) {
            Path folder = Path.of("dev/midframe/ffi", library, "generated");
            assertThat(files(SOURCES.resolve(folder)))
                    .isEqualTo(files(generated.resolve(folder)))
                    .isNotEmpty();
        }
    }

    private static boolean isOnThePath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.toList()) {
                files.put(path.getFileName().toString(), Files.readString(path));
            }
        }
        files.remove("package-info.java");
        return files;
    }
}
