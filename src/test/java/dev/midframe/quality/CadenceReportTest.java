package dev.midframe.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midframe.cadence.change.ChangeDetector;
import dev.midframe.quality.cadence.CadenceReport;
import dev.midframe.quality.method.Minterpolate;
import dev.midframe.testkit.Footage;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class CadenceReportTest {
    private static final Progress UNWATCHED = new Progress() {
        @Override
        public void sequence(String name, int number, int of) {}

        @Override
        public void picture(long done, long expected) {}
    };

    @TempDir
    Path folder;

    @Test
    void anEvenCadenceHasNoSpread() throws Exception {
        CadenceReport report = report(make("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=24000/1001:duration=2"));

        assertThat(report.timesNanos()).hasSize(48);
        assertThat(report.framesPerSecond()).isCloseTo(24000 / 1001.0, Offset.offset(0.01));
        assertThat(report.intervals().spread()).isLessThan(1_000_000);
        assertThat(report.intervals().uneven()).isZero();
        assertThat(report.audio()).isNull();
        assertThat(report.text()).contains("48, 23.98", "frames a second", "sound", "none");
    }

    @Test
    void repeatsOfAnimationOnTwosAndTheirJudderAreCounted() throws Exception {
        CadenceReport report =
                report(make("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=12:duration=2", "-vf", "fps=24"));

        assertThat(report.repeats()).hasSize(24).startsWith(1, 3, 5).last().isEqualTo(47);
        assertThat(report.text()).contains("24, longest run 1");
    }

    @Test
    void unevenTimesAreJudder() throws Exception {
        CadenceReport report = report(make(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=320x180:rate=30:duration=2",
                "-vf",
                "settb=1/1000,setpts='33*N+10*mod(N,2)'",
                "-fps_mode",
                "vfr",
                "-enc_time_base",
                "1/1000"));

        assertThat(report.intervals().shortest()).isEqualTo(23_000_000);
        assertThat(report.intervals().longest()).isEqualTo(43_000_000);
        assertThat(report.intervals().spread()).isCloseTo(10_000_000, Offset.offset(100_000.0));
        assertThat(report.text())
                .containsPattern("intervals +shortest 23\\.0+ ms, median \\d+\\.\\d+ ms, longest 43\\.0+ ms")
                .containsPattern("judder +spread \\d+\\.\\d+ ms, 29 intervals off the median by more than 1 ms");
    }

    @Test
    void cutsBetweenJoinedClipsAreFound() throws Exception {
        Path clips = Footage.folder("clips");
        CadenceReport report = report(make(
                "-i",
                clips.resolve("sam2_bedroom/bedroom.mp4").toString(),
                "-i",
                clips.resolve("ax_london_360p/london_360p30.mp4").toString(),
                "-filter_complex",
                "[0:v]trim=end_frame=20,scale=320:180,setsar=1,setpts=N/30/TB[a];"
                        + "[1:v]trim=end_frame=20,scale=320:180,setsar=1,setpts=N/30/TB[b];[a][b]concat"));

        assertThat(report.cuts()).containsExactly(20);
        assertThat(report.text()).containsPattern("cuts +1, before frames 20");
        Path json = folder.resolve("cuts.json");
        report.writeJson(json);
        assertThat(new ObjectMapper().readTree(json.toFile()).at("/cuts/0").asInt())
                .isEqualTo(20);
    }

    @Test
    void aFlashAndAFadeMadeByFfmpegAreNoCuts() throws Exception {
        Path clip = Footage.folder("clips/sam2_bedroom").resolve("bedroom.mp4");
        CadenceReport report = report(make(
                "-i",
                clip.toString(),
                "-vf",
                "trim=end_frame=60,scale=480:-2,eq=brightness=0.6:enable='eq(n,15)',fade=out:30:12,fade=in:44:12",
                "-an"));

        assertThat(report.timesNanos()).hasSize(60);
        assertThat(report.cuts()).isEmpty();
    }

    @Test
    void soundThatBeginsLaterIsTold() throws Exception {
        CadenceReport report = report(make(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=320x180:rate=25:duration=2",
                "-itsoffset",
                "0.25",
                "-f",
                "lavfi",
                "-i",
                "sine=duration=1.75",
                "-c:a",
                "pcm_s16le"));

        assertThat(report.audioStartOffsetNanos())
                .hasValueSatisfying(nanos -> assertThat(nanos).isCloseTo(250_000_000L, Offset.offset(1_000_000L)));
        assertThat(report.text())
                .containsPattern("sound +begins 2(49|50)\\.\\d+ ms and ends -?\\d+\\.\\d+ ms after the picture");
        assertThat(report.audioEndOffsetNanos())
                .hasValueSatisfying(nanos -> assertThat(nanos).isCloseTo(0L, Offset.offset(30_000_000L)));
    }

    @Test
    void aFileThatBeginsInTheMiddleOfItsMediaCountsFromItsStart() throws Exception {
        Path whole = folder.resolve("whole.mp4");
        ffmpeg(
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=320x180:rate=25:duration=2",
                        "-f",
                        "lavfi",
                        "-i",
                        "sine=duration=2",
                        "-c:v",
                        "libx264",
                        "-bf",
                        "2",
                        "-c:a",
                        "aac"),
                whole);

        CadenceReport report = report(whole);

        assertThat(report.timesNanos()).hasSize(50).startsWith(0, 40_000_000);
        assertThat(report.audioStartOffsetNanos())
                .hasValueSatisfying(nanos -> assertThat(nanos).isCloseTo(0L, Offset.offset(1_000_000L)));
    }

    @Test
    void jsonAndPlotHoldWhatWasFound() throws Exception {
        CadenceReport report =
                report(make("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=12:duration=2", "-vf", "fps=24"));
        Path json = folder.resolve("cadence.json");
        Path plot = folder.resolve("cadence.png");

        report.writeJson(json);
        report.writePlot(plot);

        JsonNode read = new ObjectMapper().readTree(json.toFile());
        assertThat(read.get("timesNanos")).hasSize(48);
        assertThat(read.get("repeats")).hasSize(24);
        BufferedImage image = ImageIO.read(plot.toFile());
        assertThat(image.getWidth()).isEqualTo(1200);
        assertThat(colours(image)).contains(0x2b7de9, 0xe07b00);
    }

    @Test
    void whatIsNoVideoIsTold() throws Exception {
        Path text = Files.writeString(folder.resolve("text.mp4"), "no video");

        assertThatThrownBy(() -> report(text))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("text.mp4")
                .hasMessageNotContaining("\n");
    }

    private static CadenceReport report(Path file) {
        return CadenceReport.of(file, ChangeDetector.DEFAULT_SCENE_THRESHOLD, UNWATCHED);
    }

    private static List<Integer> colours(BufferedImage image) {
        List<Integer> colours = new ArrayList<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.add(image.getRGB(x, y) & 0xffffff);
            }
        }
        return colours.stream().distinct().toList();
    }

    private Path make(String... arguments) throws Exception {
        Path file = folder.resolve("clip.mkv");
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-c:v", "libx264", "-preset", "ultrafast", "-qp", "10"));
        ffmpeg(all, file);
        return file;
    }

    private static void ffmpeg(List<String> arguments, Path file) throws Exception {
        assumeTrue(Minterpolate.installed().isPresent(), "ffmpeg is not installed: no file to inspect");
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
        command.addAll(arguments);
        command.add(file.toString());
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
