package dev.midframe.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorRtInstallationTest {

    @TempDir
    private Path folder;

    @Test
    void takesTheLibrariesOutOfTheArtifactAndNothingElse() throws IOException {
        Path jar = jar(
                "META-INF/MANIFEST.MF",
                "org/x/libnvinfer.so.11",
                "org/x/libnvonnxparser.so.11",
                "org/x/libnvinfer_builder_resource_ptx.so.11.2.1",
                "../../libnvinfer.so.10",
                "org/x/libother.so");

        Path installed = installation().install(jar);

        assertThat(installed).isEqualTo(folder.resolve("midframe/tensorrt"));
        assertThat(names(installed))
                .containsExactly(
                        "kernels",
                        "libnvinfer.so.10",
                        "libnvinfer.so.11",
                        "libnvinfer_builder_resource_ptx.so.11.2.1",
                        "libnvonnxparser.so.11");
    }

    @Test
    void theFolderForTheLoadersPathHoldsTheBuildersKernelsAlone() throws IOException {
        Path installed = installation()
                .install(jar(
                        "a/libnvinfer.so.10", "a/libnvinfer_builder_resource.so.10.6.0", "a/libnvonnxparser.so.10"));

        Path kernels = installed.resolve("kernels");
        assertThat(names(kernels)).containsExactly("libnvinfer_builder_resource.so.10.6.0");
        assertThat(kernels.resolve("libnvinfer_builder_resource.so.10.6.0").toRealPath())
                .isEqualTo(installed
                        .resolve("libnvinfer_builder_resource.so.10.6.0")
                        .toRealPath());
    }

    @Test
    void aSecondInstallationReplacesTheFirst() throws IOException {
        installation().install(jar("a/libnvinfer.so.11"));
        Path installed = installation().install(jar("a/libnvinfer.so.10"));

        assertThat(names(installed)).containsExactly("kernels", "libnvinfer.so.10");
        assertThat(names(installed.getParent())).containsExactly("tensorrt");
    }

    @Test
    void anArtifactWithoutLibrariesLeavesWhatWasThere() throws IOException {
        Path installed = installation().install(jar("a/libnvinfer.so.11"));

        assertThatThrownBy(() -> installation().install(jar("readme.txt")))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("holds no TensorRT libraries for Linux");
        assertThat(names(installed)).containsExactly("kernels", "libnvinfer.so.11");
        assertThat(names(installed.getParent())).containsExactly("tensorrt");
    }

    private TensorRtInstallation installation() {
        return new TensorRtInstallation(Map.of("XDG_DATA_HOME", folder.toString()));
    }

    private Path jar(String... entries) throws IOException {
        Path jar = Files.createTempFile(Files.createDirectories(folder.resolve("jars")), "artifact", ".jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(entry.getBytes());
                zip.closeEntry();
            }
        }
        return jar;
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
