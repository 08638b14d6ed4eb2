package dev.midframe.element;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.testkit.ChildProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GStreamer's own log shows what the element decides. */
class DebugLogTest {

    @TempDir
    Path folder;

    private List<String> log(String level) throws Exception {
        return ChildProgram.run(folder, Map.of("GST_DEBUG", level, "GST_DEBUG_NO_COLOR", "1"), LoggedStream.class);
    }

    @Test
    void atLevelFiveEveryFrameIsLogged() throws Exception {
        List<String> frames = log("midframe:5").stream()
                .filter(line -> line.contains(" midframe ") && line.contains(" frame at "))
                .toList();

        assertThat(frames).hasSize(5).allMatch(line -> line.contains("<film>"));
        assertThat(frames.get(0)).contains("REAL frame at 0 ns");
        assertThat(frames.get(1)).contains("GENERATED frame at 20000000 ns");
    }

    @Test
    void atLevelFourOnlyTheStreamIsLogged() throws Exception {
        List<String> lines = log("midframe:4").stream()
                .filter(line -> line.contains(" midframe "))
                .toList();

        assertThat(lines).singleElement().asString().contains("INFO", "64x48", "25");
    }
}
