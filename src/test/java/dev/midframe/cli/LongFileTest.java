package dev.midframe.cli;

import static dev.midframe.testkit.Ffmpeg.assertSoundKept;
import static dev.midframe.testkit.Ffmpeg.brightness;
import static dev.midframe.testkit.Ffmpeg.ffmpeg;
import static dev.midframe.testkit.Ffmpeg.soundHeardFrom;
import static dev.midframe.testkit.Ffmpeg.videoTimes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.midframe.testkit.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ten minutes of film rate with sound, made 59.94 as a user would. The clip that is looped moves for a second and then
 * stands still for nine, but for one white frame: the element passes repeats on without computing anything, so that the
 * whole way of every frame is gone, with FILM in each loop, in a time that a test may take.
 */
class LongFileTest {

    private static final int LOOPS = 60;
    private static final int LOOP_FRAMES = 240;
    private static final int FLASH = 120;
    private static final int WHITE = 250;

    @TempDir
    static Path folder;

    private static Path film;

    @BeforeAll
    static void makeTheFilm() throws IOException, InterruptedException {
        Path clip = folder.resolve("clip.mkv");
        ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=128x72:rate=24000/1001,trim=end_frame=24,tpad=stop=" + (LOOP_FRAMES - 24)
                        + ":stop_mode=clone,drawbox=color=white:t=fill:enable='eq(n," + FLASH + ")'",
                "-f",
                "lavfi",
                "-i",
                "sine=sample_rate=48000:beep_factor=4",
                "-t",
                "10.01",
                "-c:v",
                "ffv1",
                "-c:a",
                "pcm_s16le",
                clip.toString());
        film = folder.resolve("film.mp4");
        ffmpeg(
                "-stream_loop",
                Integer.toString(LOOPS - 1),
                "-i",
                clip.toString(),
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-pix_fmt",
                "yuv420p",
                "-r",
                "24000/1001",
                "-c:a",
                "aac",
                film.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fps=60000/1001", "factor=5/2"})
    void soundAndPictureStayTogetherToTheMillisecond(String rate) throws Exception {
        Path output = folder.resolve("out.mp4");

        var result = Program.run(
                folder,
                "run",
                Path.of(System.getProperty("user.dir"), "pipelines", "file.gst").toString(),
                "input=" + film,
                "output=" + output,
                "preset=ultrafast",
                rate);

        assertThat(result.exitCode()).as(result.output()).isZero();
        List<Double> times = videoTimes(output);
        assertThat(times.size()).isBetween(LOOPS * LOOP_FRAMES * 5 / 2 - 2, LOOPS * LOOP_FRAMES * 5 / 2);
        for (int k = 0; k < times.size(); k++) {
            assertThat(times.get(k)).as("frame %d", k).isCloseTo(k * 1001 / 60000.0, within(0.001));
        }
        List<Double> flashes = flashes(output);
        List<Double> before = flashes(film);
        assertThat(before).hasSize(LOOPS);
        assertThat(before.getLast()).isGreaterThan(590);
        assertThat(flashes).hasSameSizeAs(before);
        for (int i = 0; i < LOOPS; i++) {
            assertThat(flashes.get(i)).as("flash %d", i).isCloseTo(before.get(i), within(0.001));
        }
        assertThat(soundHeardFrom(film)).hasSizeGreaterThan(28_000);
        assertSoundKept(film, output);
    }

    /** When white pictures are shown. */
    private static List<Double> flashes(Path file) throws IOException, InterruptedException {
        List<Double> times = videoTimes(file);
        int[] levels = brightness(file);
        assertThat(levels).hasSameSizeAs(times.toArray());
        List<Double> flashes = new ArrayList<>();
        for (int i = 0; i < levels.length; i++) {
            if (levels[i] >= WHITE) {
                flashes.add(times.get(i));
            }
        }
        return flashes;
    }
}
