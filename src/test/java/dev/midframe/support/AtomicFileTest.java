package dev.midframe.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir
    private Path folder;

    @Test
    void partsFollowOneAnotherAndReplaceWhatWasThere() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "old");

        new AtomicFile(file)
                .write(List.of(MemorySegment.ofArray("one ".getBytes()), MemorySegment.ofArray("two".getBytes())));

        assertThat(file).hasContent("one two");
        assertThat(files()).containsExactly(file);
    }

    @Test
    void aFailureLeavesWhatWasThereAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "old");
        MemorySegment freed;
        try (Arena arena = Arena.ofConfined()) {
            freed = arena.allocate(8);
        }

        List<MemorySegment> content = List.of(MemorySegment.ofArray("new".getBytes()), freed);
        assertThatThrownBy(() -> new AtomicFile(file).write(content)).isInstanceOf(IllegalStateException.class);

        assertThat(file).hasContent("old");
        assertThat(files()).containsExactly(file);
    }

    @Test
    void aMissingFolderIsNamed() {
        Path file = folder.resolve("missing/a");

        assertThatThrownBy(() -> new AtomicFile(file).write(new byte[1]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot write " + file);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
