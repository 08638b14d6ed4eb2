package dev.midframe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.testkit.Program;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM while the program starts, opens its engine and works. {@code -Dendings=200} tries as many moments. */
class EndingAtAnyMomentTest {

    private static final int MOMENTS = Integer.getInteger("endings", 5);
    private static final int LAST_MILLIS = 3000;

    @Test
    void noMomentIsTheWrongOneToEndIn(@TempDir Path folder) throws Exception {
        var random = new Random(5);
        for (int i = 0; i < MOMENTS; i++) {
            int moment = random.nextInt(LAST_MILLIS);
            Process process = Program.start(
                    folder,
                    "run",
                    "videotestsrc is-live=true ! video/x-raw,width=320,height=180,framerate=30/1 ! midframe ! fakesink");
            process.waitFor(moment, TimeUnit.MILLISECONDS);
            // Through the handle: destroying the process itself would close its output.
            process.toHandle().destroy();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            // 0 and 1 once it runs; before, the exit code of a process that SIGTERM ended.
            assertThat(process.waitFor())
                    .as("SIGTERM after %d ms: %s", moment, output)
                    .isIn(0, 1, 128 + 15);
            try (var files = Files.list(folder)) {
                assertThat(files)
                        .noneMatch(file -> file.getFileName().toString().startsWith("hs_err"));
            }
        }
    }
}
