package dev.midframe.ffi;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import org.junit.jupiter.api.Test;

class CLibraryTest {

    @Test
    void tellsWhichFileAFunctionCameFromHoweverItWasFound() {
        SymbolLookup byName = SymbolLookup.libraryLookup("libm.so.6", Arena.global());

        var file = CLibrary.fileOf(byName.findOrThrow("cos"));

        assertThat(file).isAbsolute().exists().hasFileName("libm.so.6");
        SymbolLookup byPath = SymbolLookup.libraryLookup(file, Arena.global());
        assertThat(byPath.findOrThrow("cos")).isEqualTo(byName.findOrThrow("cos"));
    }

    @Test
    void memoryThatIsInNoFileCameFromNone() {
        assertThat(CLibrary.fileOf(Arena.ofAuto().allocate(1))).isNull();
        assertThat(CLibrary.fileOf(Linker.nativeLinker().defaultLookup().findOrThrow("strlen")))
                .isNotNull();
    }
}
