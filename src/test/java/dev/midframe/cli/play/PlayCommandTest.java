package dev.midframe.cli.play;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.testkit.Ffmpeg;
import dev.midframe.testkit.OtherPrograms;
import dev.midframe.testkit.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The player as a person at a terminal has it; what it shows goes nowhere, at the film's own pace. */
@Timeout(120)
class PlayCommandTest {

    private static final String NOWHERE = "--sink=fakesink sync=true";

    private static Path film;
    private static Path shortFilm;

    @TempDir
    private Path folder;

    /** Half a minute with two sound tracks and subtitles, and a second of another film. */
    @BeforeAll
    static void films(@TempDir Path shared) throws IOException, InterruptedException {
        OtherPrograms.require("ffmpeg");
        Path subtitles = shared.resolve("subtitles.srt");
        Files.writeString(subtitles, "1\n00:00:00,000 --> 00:00:30,000\nA line\n");
        film = shared.resolve("film.mkv");
        Ffmpeg.ffmpeg(
                ("-f lavfi -i testsrc2=size=64x64:rate=10:duration=30 -f lavfi -i sine=440:duration=30 -f lavfi -i"
                                + " sine=880:duration=30 -i " + subtitles
                                + " -map 0 -map 1 -map 2 -map 3 -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac"
                                + " -c:s srt -metadata:s:a:0 language=eng -metadata:s:a:1 language=deu "
                                + film)
                        .split(" "));
        shortFilm = shared.resolve("short.mp4");
        Ffmpeg.ffmpeg(("-f lavfi -i testsrc2=size=64x64:rate=10:duration=1 -c:v libx264 -pix_fmt yuv420p " + shortFilm)
                .split(" "));
    }

    @Test
    void keysInTheTerminalDoWhatTheySayAndTheTerminalIsLeftAsItWas() throws Exception {
        OtherPrograms.require("script");
        try (var session = new TerminalSession(folder, NOWHERE, film)) {
            session.await("0:00:0[1-9] of 0:00:30");
            session.press(" ");
            session.await("paused");
            session.press("\033[A");
            session.await("0:00:29 of 0:00:30 .*paused");
            session.press("\033[B");
            session.await("0:00:00 of 0:00:30 .*paused");
            session.press("\033[C\033[C");
            session.await("0:00:10 of 0:00:30 .*paused");
            session.press(",");
            session.await("0:00:09 of 0:00:30 .*paused");
            session.press(".");
            session.await("0:00:(09|10) of 0:00:30 .*paused");
            session.press("]");
            session.await("speed 1\\.10");
            session.press("\177");
            session.await("speed 1\\.00");
            session.press("9");
            session.await("volume 95 %");
            session.press("m");
            session.await("sound off");
            session.press("a");
            session.await("sound 2 of 2 \\(deu?\\)");
            session.press("a");
            session.await("sound 1 of 2 \\(eng?\\)");
            session.press("s");
            session.await("subtitles off");
            session.press("s");
            session.await("subtitles 1 of 1");
            session.press("f");
            session.await("this window cannot fill the screen");
            session.press("h");
            session.await("g +generated frames on and off");
            session.press(" ");
            session.await("0:00:1[1-9] of 0:00:30");
            session.press("a");
            session.await("sound 2 of 2");
            session.press("s");
            session.await("subtitles off");
            session.await("0:00:(1[5-9]|2[0-9]) of 0:00:30");
            session.press("q");
            session.await("ended with 0");
            session.await("(?<!-)icanon");
            session.await("(?<!-)\\becho\\b");
        }
    }

    @Test
    void generatedFramesGoOffAndOnAgain() throws Exception {
        OtherPrograms.require("script");
        try (var session = new TerminalSession(folder, NOWHERE, film)) {
            session.await("\\+ [1-9][0-9.]* generated");
            session.press("g");
            session.await("generated frames off");
            session.await("\\+ 0\\.0 generated");
            session.press("g");
            session.await("generated frames on");
            session.await("\\+ [1-9][0-9.]* generated");
            session.press("\003");
            session.await("ended with 0");
        }
    }

    @Test
    void filmsArePlayedOneAfterTheOtherAndOneThatCannotBeIsNamed() throws IOException, InterruptedException {
        Path broken = Files.writeString(folder.resolve("broken.mkv"), "no film");

        Program.Result run = Program.run(
                folder, "play", NOWHERE, "--fps=30", shortFilm.toString(), broken.toString(), shortFilm.toString());

        assertThat(run.output().lines().filter(line -> line.startsWith("midframe: ")))
                .hasSize(4)
                .startsWith("midframe: plays short.mp4", "midframe: plays broken.mkv")
                .endsWith("midframe: plays short.mp4")
                .anyMatch(line -> line.startsWith("midframe: broken.mkv: "));
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void whatCannotBePlayedAtAllIsAWrongCommand() throws IOException, InterruptedException {
        Program.Result missing = Program.run(folder, "play", "none.mkv");
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.output()).contains("there is no file none.mkv that can be read");

        Program.Result rate = Program.run(folder, "play", "--fps", "fast", shortFilm.toString());
        assertThat(rate.exitCode()).isEqualTo(2);
        assertThat(rate.output()).contains("'fast' is no rate; write a number or a fraction, such as 5/2");
    }

    @Test
    void withoutADisplayThereIsOneLine() throws IOException, InterruptedException {
        ProcessBuilder builder = Program.builder(folder, "play", shortFilm.toString());
        builder.environment().keySet().removeAll(Set.of("DISPLAY", "WAYLAND_DISPLAY"));
        Process process = builder.start();

        assertThat(process.inputReader().lines()).anyMatch(line -> line.startsWith("midframe: there is no display"));
        assertThat(process.waitFor()).isEqualTo(1);
    }
}
