package dev.midframe.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.testkit.ChildProgram;
import dev.midframe.testkit.TestPipeline;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BindingPathsTest {

    /** What the C library keeps of what was freed, and no more: 1,000 times a buffer or an element would be more. */
    private static final long KILOBYTES = 4_000;

    @Test
    void eachCanBeGoneAThousandTimesWithoutGrowthOrCrash(@TempDir Path folder) throws Exception {
        Path film = folder.resolve("silent.mp4");
        try (TestPipeline coding =
                new TestPipeline("videotestsrc num-buffers=3 ! x264enc ! mp4mux ! filesink location=" + film)) {
            coding.play();
            coding.awaitEnd();
        }

        List<String> lines = ChildProgram.run(
                folder,
                Map.of("G_DEBUG", "fatal-criticals", "G_SLICE", "always-malloc", "MALLOC_ARENA_MAX", "2"),
                BindingPaths.class,
                film.toString(),
                folder.resolve("out.mp4").toString());

        assertThat(lines.getLast()).isEqualTo("handlers\t0");
        for (String line : lines.subList(0, lines.size() - 1)) {
            String[] parts = line.split("\t");
            assertThat(parts).as(String.join("\n", lines)).hasSize(2);
            assertThat(Long.parseLong(parts[1]))
                    .as("kilobytes more after " + parts[0])
                    .isLessThan(KILOBYTES);
        }
    }
}
