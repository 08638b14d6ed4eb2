package dev.midframe.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.container.ContainerException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFileTest {

    @TempDir
    Path folder;

    @Test
    void isWrittenByOneAtATime() throws Exception {
        Path target = folder.resolve("film.mp4");
        // Left by a process that is gone.
        Files.writeString(folder.resolve("film.mp4.part"), "half a film");
        try (var _ = new PartFile(target).claim()) {
            assertThatThrownBy(() -> new PartFile(target).claim())
                    .isInstanceOf(ContainerException.class)
                    .hasMessage(target + " is being written by another conversion; wait for its end, or choose another"
                            + " name");
        }
        try (var _ = new PartFile(target).claim()) {
            assertThat(folder.resolve("film.mp4.part")).exists();
        }
    }

    @Test
    void placeThatCannotBeWrittenIsKnownBeforehand() {
        assertThatThrownBy(() -> new PartFile(Path.of("/proc/film.mp4")).claim())
                .isInstanceOf(ContainerException.class)
                .hasMessageStartingWith("cannot write /proc/film.mp4: ");
        assertThatThrownBy(() -> new PartFile(folder.resolve("n".repeat(260) + ".mp4")).claim())
                .hasMessageContaining("too long");
    }
}
