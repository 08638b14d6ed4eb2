package dev.midframe.quality.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.midframe.quality.EvaluationException;
import dev.midframe.quality.metric.Channels;
import dev.midframe.testkit.Pictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StillFolderTest {

    private static final String LONG_NAME = "/a/very/long/way/to/the/weights/of/a/model/of/mine";

    @TempDir
    Path folder;

    @Test
    void theFileShowsEachPictureAboveItsCaption() throws IOException {
        new StillFolder(folder).write("dog", still(panel(320, 180, 60), panel(320, 180, 120), panel(320, 180, 200)));

        BufferedImage image = ImageIO.read(folder.resolve("dog.jpg").toFile());
        assertThat(image.getWidth()).isEqualTo(3 * 320 + 2 * 4);
        assertThat(image.getHeight()).isBetween(190, 220);
        for (int panel = 0; panel < 3; panel++) {
            int left = panel * 324;
            assertThat(grey(image, left + 160, 90)).isCloseTo(new int[] {60, 120, 200}[panel], within(3));
            assertThat(brightest(image, left, left + 160)).as("name").isGreaterThan(150);
            assertThat(brightest(image, left + 160, left + 320)).as("facts").isGreaterThan(150);
        }
    }

    @Test
    void aNoisyPictureStaysSmall() throws IOException {
        byte[] noisy = Pictures.noisy(Pictures.texture(320, 180, 0, 0), 25, 1);
        Still.Panel panel = new Still.Panel(new Channels(320, 180, noisy, noisy, noisy, noisy), "real", "");

        new StillFolder(folder).write("noise", still(panel, panel, panel));

        assertThat(Files.size(folder.resolve("noise.jpg"))).isLessThan(61_000);
    }

    @Test
    void everySequenceHasAFileOfItsOwn() throws IOException {
        StillFolder stills = new StillFolder(folder.resolve("made/when/needed"));

        for (String name : List.of("walks/dog 1.mkv", "walks-dog-1.mkv", "dog.mkv", "dog.mkv")) {
            stills.write(name, still(panel(64, 48, 9)));
        }

        try (Stream<Path> files = Files.list(folder.resolve("made/when/needed"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "walks-dog-1.mkv.jpg", "walks-dog-1.mkv-2.jpg", "dog.mkv.jpg", "dog.mkv-2.jpg");
        }
    }

    @Test
    void whatCannotBeWrittenIsToldBeforeAndMakesNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        StillFolder inFile = new StillFolder(file.resolve("stills"));

        assertThatThrownBy(inFile::check)
                .isInstanceOf(EvaluationException.class)
                .hasMessage("cannot write pictures to " + file.resolve("stills") + ": " + file
                        + " must be a writable folder");
        assertThatThrownBy(() -> inFile.write("dog", still(panel(64, 48, 9))))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining(file.toString());
        new StillFolder(folder.resolve("new/one")).check();
        assertThat(folder.resolve("new")).doesNotExist();
    }

    private static Still still(Still.Panel... panels) {
        return new Still(List.of(panels));
    }

    private static Still.Panel panel(int width, int height, int grey) {
        byte[] samples = new byte[width * height];
        Arrays.fill(samples, (byte) grey);
        return new Still.Panel(
                new Channels(width, height, samples, samples, samples, samples),
                LONG_NAME,
                "31.20 dB, this part 24.10");
    }

    private static int grey(BufferedImage image, int x, int y) {
        return image.getRGB(x, y) & 0xff;
    }

    private static int brightest(BufferedImage image, int left, int right) {
        int brightest = 0;
        for (int y = 184; y < image.getHeight(); y++) {
            for (int x = left; x < right; x++) {
                brightest = Math.max(brightest, grey(image, x, y));
            }
        }
        return brightest;
    }
}
