package dev.midframe.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.ffi.tensorrt.generated.getInferLibVersion;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorRtLibrariesTest {

    @TempDir
    private Path folder;

    @Test
    void aNamedFolderWithoutLibrariesIsAnErrorThatNamesIt() {
        assertThatThrownBy(() -> TensorRtLibraries.load(Map.of("MIDFRAME_TENSORRT", folder.toString())))
                .isInstanceOf(TensorRtException.class)
                .hasMessageStartingWith("MIDFRAME_TENSORRT=" + folder + " holds no libnvinfer.so.11");
    }

    @Test
    void anotherMajorVersionInTheNamedFolderIsNamed() throws IOException {
        Files.createFile(folder.resolve("libnvinfer.so.8"));

        assertThatThrownBy(() -> TensorRtLibraries.load(Map.of("MIDFRAME_TENSORRT", folder.toString())))
                .hasMessageContaining(", only libnvinfer.so.8; let it name a folder");
    }

    @Test
    void aDamagedLibraryIsNamed() throws IOException {
        Files.writeString(folder.resolve("libnvinfer.so.11"), "no library");

        assertThatThrownBy(() -> TensorRtLibraries.load(Map.of("MIDFRAME_TENSORRT", folder.toString())))
                .hasMessageStartingWith(folder.resolve("libnvinfer.so.11") + " cannot be loaded");
    }

    @ParameterizedTest
    @CsvSource({"110201, 11, 11.2.1", "101600, 10, 10.16.0", "100600, 10, 10.6.0"})
    void theVersionComesFromTheLibraryItself(int version, int major, String text) {
        TensorRtLibraries libraries = TensorRtLibraries.checked(libraryOfVersion(version), null);

        assertThat(libraries.major()).isEqualTo(major);
        assertThat(libraries.versionText()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"120000, 12.0.0", "8601, 8.6.1"})
    void everyOtherMajorVersionIsRefusedByName(int version, String text) {
        assertThatThrownBy(() -> TensorRtLibraries.checked(libraryOfVersion(version), null))
                .isInstanceOf(TensorRtException.class)
                .hasMessageContaining("TensorRT " + text)
                .hasMessageContaining("install TensorRT 10 or 11");
    }

    /** A slot behind the end of a vtable would be called. */
    @ParameterizedTest
    @CsvSource({"100001, 10.0.1", "100200, 10.2.0"})
    void aVersionBeforeTheMethodsThatAreCalledIsRefused(int version, String text) {
        assertThatThrownBy(() -> TensorRtLibraries.checked(libraryOfVersion(version), null))
                .isInstanceOf(TensorRtException.class)
                .hasMessageContaining("TensorRT " + text)
                .hasMessageContaining("install TensorRT 10.3 or later");
    }

    @Test
    void aLibraryWithoutTensorRtsFunctionsIsRefused() {
        assertThatThrownBy(() -> TensorRtLibraries.checked(name -> Optional.empty(), null))
                .isInstanceOf(TensorRtException.class)
                .hasMessageContaining("the library has no function");
    }

    private static SymbolLookup libraryOfVersion(int version) {
        MemorySegment answer = getInferLibVersion.allocate(() -> version, Arena.global());
        return name -> Optional.of(answer);
    }
}
