package dev.midframe.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BuildReportTest {

    private final ByteArrayOutputStream reported = new ByteArrayOutputStream();

    @Test
    void tellsEachQuarterInAFile() {
        build(new BuildReport(new PrintStream(reported, true), false));

        assertThat(reported.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "building film for this GPU: 0 %",
                        "building film for this GPU: 25 %",
                        "building film for this GPU: 50 %",
                        "building film for this GPU: 75 %");
    }

    @Test
    void tellsEachPercentOnATerminalInOneLineThatIsGoneAtTheEnd() {
        build(new BuildReport(new PrintStream(reported, true), true));

        String text = reported.toString(StandardCharsets.UTF_8);
        assertThat(text).doesNotContain("\n").endsWith("\r\033[K");
        assertThat(text.split("\r", -1)).hasSize(1 + 100 + 1);
    }

    @Test
    void tellsTheNextBuildFromItsBegin() {
        BuildReport report = new BuildReport(new PrintStream(reported, true), false);
        build(report);
        build(report);

        assertThat(reported.toString(StandardCharsets.UTF_8).lines()).hasSize(8);
    }

    private static void build(BuildReport report) {
        for (int step = 0; step <= 200; step++) {
            report.progress("film", step / 200.0);
        }
    }
}
