package dev.midframe.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.testkit.ChildProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrongDescriptionsTest {

    /** A GError or a caps that is kept each time would be 200 of some hundred bytes, an element 200 of some thousand. */
    private static final long KILOBYTES = 600;

    @ParameterizedTest
    @ValueSource(strings = {"always-malloc", ""})
    void eachIsRefusedInOneLineThatSaysWhatToDoAndLeavesNothingBehind(String slices, @TempDir Path folder)
            throws Exception {
        // GLib's own allocator hides a use of freed memory, malloc shows it; glibc fills what is freed with the byte.
        Map<String, String> environment = slices.isEmpty()
                ? Map.of("G_DEBUG", "fatal-criticals")
                : Map.of("G_DEBUG", "fatal-criticals", "G_SLICE", slices, "MALLOC_PERTURB_", "165");

        List<String> lines = ChildProgram.run(folder, environment, WrongDescriptions.class);

        assertThat(lines)
                .as(String.join("\n", lines))
                .hasSameSizeAs(WrongDescriptions.all().keySet());
        for (String line : lines) {
            String[] parts = line.split("\t");
            assertThat(parts).as("one message, always the same: " + line).hasSize(3);
            assertThat(parts[2])
                    .matches("(command line|cannot read the input).*[:;] .+")
                    .doesNotContain("launched")
                    .hasSizeLessThan(500);
            assertThat(Long.parseLong(parts[1]))
                    .as("kilobytes more after " + parts[0])
                    .isLessThan(KILOBYTES);
        }
    }

    @Test
    void theReasonIsNamedAndWhatToDoAboutIt() {
        assertThat(message("videotestsrc ! nosuchthing"))
                .isEqualTo("command line: no element \"nosuchthing\"; check its name, or install the GStreamer plugin"
                        + " that has it");
        assertThat(message("videotestsrc colour=1 ! fakesink")).contains("\"colour\"", "gst-inspect-1.0");
        assertThat(message("videotestsrc pattern=plaid ! fakesink")).contains("\"plaid\"", "gst-inspect-1.0");
        assertThat(message("videotestsrc ! audioconvert ! fakesink")).contains("could not link", "videoconvert");
        assertThat(message("a. ! b.")).contains("\"a\"");
        assertThat(message("")).contains("it is empty", "videotestsrc");
    }

    private static String message(String text) {
        try (var media = MediaPipeline.launch(new PipelineDescription("command line", text))) {
            return "launched " + media;
        } catch (PipelineException e) {
            return e.getMessage();
        }
    }
}
