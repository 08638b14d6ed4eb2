package dev.midframe.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midframe.quality.metric.Channels;
import dev.midframe.quality.metric.Score;
import dev.midframe.quality.metric.Summary;
import dev.midframe.quality.report.Exhibit;
import dev.midframe.quality.report.ReportFile;
import dev.midframe.quality.report.TextReport;
import dev.midframe.quality.report.WorstPicture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final Score GOOD = new Score(34.5, 36.25, 0.95, 0.97, 100, 100);
    private static final Score BAD = new Score(21.25, 22, 0.5, 0.6, 90, 100);

    @TempDir
    Path folder;

    @Test
    void theTextHasOneAlignedLineForEachSequenceAndMethod() {
        String text = TextReport.of(result("dog & cat"));

        assertThat(text.lines())
                .contains(
                        "sequence      size  pictures  film-lite  blend",
                        "dog & cat  600x300         1      34.50  21.25")
                .anyMatch(line -> line.matches("film-lite +34\\.50 +34\\.50 +34\\.50 .* 0\\.9700 +\\+0\\.000 % +1"))
                .anyMatch(line -> line.matches("blend +21\\.25 .* -10\\.000 % +-"));
    }

    @Test
    void theJsonHoldsEveryPicturesFigures() throws IOException {
        Path file = folder.resolve("q.json");

        new ReportFile(file).writeJson(result("dog"));

        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.at("/sequences/0/pictures/0/scores/blend/psnrRgb").asDouble())
                .isEqualTo(21.25);
        assertThat(json.at("/sequences/0/pictures/0/time").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/overall/0/method").asText()).isEqualTo("film-lite");
        assertThat(json.at("/overall/0/stillness").asInt()).isEqualTo(1);
        assertThat(json.at("/overall/1").has("stillness")).isFalse();
        assertThat(json.at("/methods/blend").asText()).isEqualTo("<mean>");
        assertThat(json.at("/sequences/0").has("worst")).isFalse();
    }

    @Test
    void thePageShowsTheWorstPictureAndNeedsNothingElse() throws IOException {
        Path file = folder.resolve("q.html");

        new ReportFile(file).writeHtml(result("<script>"));

        String page = Files.readString(file);
        assertThat(page).contains("&lt;script&gt;").doesNotContain("<script").doesNotContain("http");
        List<BufferedImage> images = new ArrayList<>();
        Matcher uris = Pattern.compile("src=\"data:image/png;base64,([^\"]+)\"").matcher(page);
        while (uris.find()) {
            images.add(ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(uris.group(1)))));
        }
        assertThat(images).hasSize(3).allSatisfy(image -> assertThat(new int[] {image.getWidth(), image.getHeight()})
                .containsExactly(320, 160));
        assertThat(images.stream().map(image -> image.getRGB(9, 9) & 0xffffff))
                .containsExactly(0x404040, 0x4a4a4a, 0x282828);
    }

    @Test
    void aFailedWriteKeepsWhatWasThere() throws IOException {
        Path missing = folder.resolve("missing/q.json");

        assertThatThrownBy(() -> new ReportFile(missing).check())
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("cannot write " + missing);
        assertThatThrownBy(() -> new ReportFile(missing).writeJson(result("dog")))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("does its folder exist");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aGroupCountsOnceHoweverManySequencesItHas() {
        EvaluationResult one = result("a", "minterpolate");
        List<SequenceResult> sequences = new ArrayList<>(one.sequences());
        sequences.addAll(result("b", "minterpolate").sequences());
        sequences.addAll(result("c", "film-lite", "minterpolate", BAD, GOOD).sequences());

        EvaluationResult grouped = EvaluationResult.of("clips", one.methods(), sequences, List.of())
                .grouped(name -> name.equals("c") ? "lonely" : "pair");

        assertThat(grouped.overall().getFirst().psnrRgb().mean()).isEqualTo((34.5 + 21.25) / 2);
        assertThat(grouped.groups()).extracting(GroupResult::name).containsExactly("pair", "lonely");
        assertThat(grouped.comparisons()).hasSize(2);
        assertThat(grouped.comparisons().getFirst().unit()).isEqualTo("sequence");
        assertThat(grouped.comparisons().getFirst().better()).isEqualTo(2);
        assertThat(grouped.comparisons().getLast().better()).isEqualTo(1);
        assertThat(TextReport.of(grouped).lines())
                .anyMatch(line -> line.matches("pair +2 +34\\.50 +21\\.25"))
                .anyMatch(line -> line.matches("film-lite +sequence +2 +1 +\\+4\\.42 +13\\.25 +13\\.25 +1\\.0"))
                .anyMatch(line -> line.matches("film-lite +group +1 +1 +\\+0\\.00 +13\\.25 +13\\.25 +1\\.0"));
    }

    private static EvaluationResult result(String name) {
        return result(name, "blend");
    }

    private static EvaluationResult result(String name, String second) {
        return result(name, "film-lite", second, GOOD, BAD);
    }

    private static EvaluationResult result(
            String name, String first, String second, Score firstScore, Score secondScore) {
        byte[] dark = new byte[600 * 300];
        byte[] bright = new byte[600 * 300];
        Arrays.fill(dark, (byte) 0x40);
        Arrays.fill(bright, (byte) 0x4a);
        Exhibit worst = new WorstPicture(
                        7,
                        GOOD,
                        new Channels(600, 300, dark, dark, dark, dark),
                        new Channels(600, 300, bright, bright, bright, bright))
                .exhibit();
        List<Summary> summaries = List.of(
                Summary.ofPictures(first, List.of(firstScore), 1),
                Summary.ofPictures(second, List.of(secondScore), null));
        var picture = new SequenceResult.Picture(7, 0.5, Map.of(first, firstScore, second, secondScore));
        return EvaluationResult.of(
                "clips",
                Map.of(first, "an engine", second, "<mean>"),
                List.of(new SequenceResult(name, 600, 300, summaries, List.of(picture), worst)),
                List.of());
    }
}
