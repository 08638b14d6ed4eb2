package dev.midframe.ffi;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LoadedFileTest {

    @Test
    void tellsWhichFileAFunctionCameFromHoweverItWasFound() {
        SymbolLookup byName = SymbolLookup.libraryLookup("libm.so.6", Arena.global());

        Path file = LoadedFile.of(byName.findOrThrow("cos"));

        assertThat(file).isAbsolute().exists().hasFileName("libm.so.6");
        SymbolLookup byPath = SymbolLookup.libraryLookup(file, Arena.global());
        assertThat(byPath.findOrThrow("cos")).isEqualTo(byName.findOrThrow("cos"));
    }

    @Test
    void memoryThatIsInNoFileCameFromNone() {
        assertThat(LoadedFile.of(Arena.ofAuto().allocate(1))).isNull();
        assertThat(LoadedFile.of(Linker.nativeLinker().defaultLookup().findOrThrow("strlen")))
                .isNotNull();
    }
}
