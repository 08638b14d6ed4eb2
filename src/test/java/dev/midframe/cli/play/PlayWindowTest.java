package dev.midframe.cli.play;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.testkit.Ffmpeg;
import dev.midframe.testkit.Mp4;
import dev.midframe.testkit.OtherPrograms;
import dev.midframe.testkit.Program;
import dev.midframe.testkit.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The player's window on a real X server, and what its user does with it. */
@Timeout(300)
class PlayWindowTest {

    private static Screen screen;
    private static Path window;
    private static Path film;

    @TempDir
    private Path folder;

    /** Ten seconds of red, then ten of blue. */
    @BeforeAll
    static void open(@TempDir Path shared) throws IOException, InterruptedException {
        OtherPrograms.require("ffmpeg");
        OtherPrograms.require("cc");
        window = shared.resolve("window");
        assertThat(new ProcessBuilder("cc", "-o", window.toString(), "src/test/c/window.c", "-l:libX11.so.6")
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        film = shared.resolve("film.mp4");
        Ffmpeg.ffmpeg(("-f lavfi -i color=red:size=160x96:rate=10:duration=10 -f lavfi -i"
                        + " color=blue:size=160x96:rate=10:duration=10 -filter_complex concat -c:v libx264 -preset ultrafast"
                        + " -pix_fmt yuv420p " + film)
                .split(" "));
        screen = new Screen("320x192");
    }

    @AfterAll
    static void close() {
        if (screen != null) {
            screen.close();
        }
    }

    @Test
    void theWindowIsTitledByTheFilmAndItsKeysPauseSeekAndEnd() throws IOException, InterruptedException {
        Process player = play();
        user("film.mp4", "key", "space");
        screen.awaitColour(40, 40, 255, 0, 0);
        user("film.mp4", "key", "Right");
        user("film.mp4", "key", "Right");
        user("film.mp4", "key", "Right");
        screen.awaitColour(40, 40, 0, 0, 255);
        user("film.mp4", "key", "q");
        assertThat(player.waitFor()).isZero();
    }

    @Test
    void aClickAtTheLowerEdgeGoesThereAndTheRightButtonPauses() throws IOException, InterruptedException {
        Process player = play();
        user("film.mp4", "click", "10", "10", "3");
        screen.awaitColour(40, 40, 255, 0, 0);
        user("film.mp4", "click", "120", "94", "1");
        screen.awaitColour(40, 40, 0, 0, 255);
        user("film.mp4", "click", "16", "94", "1");
        screen.awaitColour(40, 40, 255, 0, 0);
        user("film.mp4", "key", "Escape");
        assertThat(player.waitFor()).isZero();
    }

    @Test
    void aClosedWindowEndsIt() throws IOException, InterruptedException {
        Process player = play();
        screen.awaitColour(40, 40, 255, 0, 0);
        user("film.mp4", "close");
        assertThat(player.waitFor()).isZero();
    }

    @Test
    void aFilmThatWasTurnedWhenItWasMadeStandsUpright() throws IOException, InterruptedException {
        Path turned = folder.resolve("turned.mp4");
        Ffmpeg.ffmpeg(("-f lavfi -i color=blue:size=160x64:rate=10:duration=10 -c:v libx264 -preset ultrafast"
                        + " -pix_fmt yuv420p " + turned)
                .split(" "));
        Mp4.turnByAQuarter(turned);

        Process player = start(turned);
        // Below the height that it has lying on its side.
        screen.awaitColour(30, 120, 0, 0, 255);
        user("turned.mp4", "key", "q");
        assertThat(player.waitFor()).isZero();
    }

    private Process play() throws IOException {
        return start(film);
    }

    private Process start(Path played) throws IOException {
        ProcessBuilder builder = Program.builder(folder, "play", played.toString());
        builder.environment().put("DISPLAY", screen.name());
        builder.environment().remove("WAYLAND_DISPLAY");
        return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static void user(String title, String... does) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(window.toString(), title));
        command.addAll(List.of(does));
        var builder = new ProcessBuilder(command);
        builder.environment().put("DISPLAY", screen.name());
        assertThat(builder.start().waitFor()).isZero();
    }
}
