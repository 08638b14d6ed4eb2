package dev.midframe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.picture.PictureFile;
import dev.midframe.picture.RgbPictures;
import dev.midframe.video.VideoFrame;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterpolateCommandTest {

    /** Random weights: what they make is no picture, but between two equal pictures it is those. */
    private static final String MODEL = "src/test/resources/film-lite-golden/weights.safetensors";

    @TempDir
    Path folder;

    @Test
    void betweenTwoEqualPicturesIsThatPicture() {
        Path a = picture("a.png", 70, 50, 3);
        Path b = picture("b.png", 70, 50, 3);
        Path middle = folder.resolve("middle.png");

        CommandRun run = CommandRun.of("interpolate", a, b, "-o", middle, "-t", "0.25", "--model", MODEL);

        assertThat(run.errors()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(bytes(middle)).isEqualTo(bytes(a));
    }

    @Test
    void betweenDifferentPicturesIsAPictureOfTheirSize() {
        Path a = picture("a.png", 70, 50, 3);
        Path b = picture("b.png", 70, 50, 9);
        Path middle = folder.resolve("middle.jpg");

        assertThat(CommandRun.of("interpolate", a, b, "-o", middle, "--model", MODEL, "--backend", "cpu")
                        .exitCode())
                .isZero();

        try (Arena arena = Arena.ofConfined()) {
            assertThat(new PictureFile(middle).read(arena).format()).isEqualTo(RgbPictures.format(70, 50));
        }
    }

    @Test
    void wrongCommandsAreToldInOneLineAndWriteNothing() throws IOException {
        Path a = picture("a.png", 32, 32, 1);
        Path small = picture("small.png", 16, 32, 1);
        Path broken = Files.writeString(folder.resolve("broken.png"), "no picture");
        Path middle = folder.resolve("middle.png");

        expectWrong("has 32x32 pixels but", "interpolate", a, small, "-o", middle);
        expectWrong("no picture at", "interpolate", a, folder.resolve("missing.png"), "-o", middle);
        expectWrong("not a whole PNG or JPEG", "interpolate", a, broken, "-o", middle);
        expectWrong("must end in .png or .jpg", "interpolate", a, a, "-o", folder.resolve("middle.gif"));
        expectWrong("-t 1.0 is not between 0 and 1", "interpolate", a, a, "-o", middle, "-t", "1");
        expectWrong("-t NaN is not between 0 and 1", "interpolate", a, a, "-o", middle, "-t", "NaN");

        assertThat(middle).doesNotExist();
        assertThat(folder.resolve("middle.gif")).doesNotExist();
    }

    @Test
    void whatFailsAtWorkKeepsTheOldPicture() throws IOException {
        Path a = picture("a.png", 32, 32, 1);
        Path old = Files.writeString(folder.resolve("old.png"), "old");

        CommandRun unknown = CommandRun.of("interpolate", a, a, "-o", old, "--model", "no-such-model");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.errors()).hasSize(1).first().asString().contains("no-such-model");
        assertThat(old).hasContent("old");

        CommandRun unwritable =
                CommandRun.of("interpolate", a, a, "-o", folder.resolve("none/m.png"), "--model", MODEL);
        assertThat(unwritable.exitCode()).isEqualTo(1);
        assertThat(unwritable.errors()).hasSize(1).first().asString().contains("does its folder exist");
    }

    private void expectWrong(String message, Object... command) {
        CommandRun run = CommandRun.of(command);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors().getFirst()).startsWith("midframe: ").contains(message);
        assertThat(run.errors()).hasSize(2).last().asString().startsWith("Try 'midframe interpolate");
    }

    private Path picture(String name, int width, int height, int step) {
        byte[] bytes = new byte[3 * width * height];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * step);
        }
        VideoFrame frame = VideoFrame.packed(RgbPictures.format(width, height), MemorySegment.ofArray(bytes));
        Path path = folder.resolve(name);
        new PictureFile(path).write(frame);
        return path;
    }

    private static byte[] bytes(Path path) {
        try (Arena arena = Arena.ofConfined()) {
            return new PictureFile(path).read(arena).planes().getFirst().data().toArray(ValueLayout.JAVA_BYTE);
        }
    }
}
