package dev.midframe.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineDescriptionTest {

    @Test
    void textWithAnExclamationMarkIsThePipelineItself() {
        assertThat(PipelineDescription.of("videotestsrc ! fakesink", Map.of()).text())
                .isEqualTo("videotestsrc ! fakesink");
    }

    @Test
    void commentsEndWithTheirLine(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.gst"), "# what it is\nvideotestsrc # a source\n  ! fakesink\n");
        assertThat(PipelineDescription.of(file.toString(), Map.of()).text()).isEqualTo("videotestsrc\n  ! fakesink");
    }

    @Test
    void hashInsideAWordIsNoComment() {
        assertThat(PipelineDescription.of("a ! location=take#2.mp4", Map.of()).text())
                .isEqualTo("a ! location=take#2.mp4");
    }

    @Test
    void variablesTakeTheirValueOrTheirDefault() {
        assertThat(PipelineDescription.of("a=${a} ! b=${b:-2} ! c=${c:-x/y,z=1}", Map.of("a", "1"))
                        .text())
                .isEqualTo("a=1 ! b=2 ! c=x/y,z=1");
    }

    @Test
    void valueNeverBecomesPipeline() {
        assertThat(PipelineDescription.of("filesrc location=${f} ! fakesink", Map.of("f", "my film.mp4 ! fakesink"))
                        .text())
                .isEqualTo("filesrc location=\"my film.mp4 ! fakesink\" ! fakesink");
    }

    @Test
    void quotesAndBackslashesInAValueAreEscaped() {
        assertThat(PipelineDescription.of("a=${f} ! b", Map.of("f", "say \"hi\" \\o/"))
                        .text())
                .isEqualTo("a=\"say \\\"hi\\\" \\\\o/\" ! b");
    }

    @Test
    void missingValueIsNamed() {
        assertThatThrownBy(() -> PipelineDescription.of("a=${input} ! b", Map.of()))
                .isInstanceOf(PipelineException.class)
                .hasMessage("command line needs a value for input: add input=...");
    }

    @Test
    void unknownVariableIsNamedWithTheKnownOnes() {
        assertThatThrownBy(() -> PipelineDescription.of("a=${input:-x} ! b", Map.of("inptu", "y")))
                .hasMessage("command line has no variable inptu; it has input");
        // A mistyped name leaves the right one without a value; what was typed is what helps.
        assertThatThrownBy(() -> PipelineDescription.of("a ! ${input}", Map.of("inptu", "x")))
                .hasMessage("command line has no variable inptu; it has input");
    }

    @Test
    void missingFileIsNamed() {
        assertThatThrownBy(() -> PipelineDescription.of("nowhere.gst", Map.of()))
                .hasMessageStartingWith("there is no pipeline file nowhere.gst");
    }
}
