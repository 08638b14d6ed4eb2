package dev.midframe.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An X server with a screen that nobody sees. */
public final class Screen implements AutoCloseable {
    private static final int TRIES = 120;

    private final Process server;
    private final String name;

    /** @param size in pixels, as in 1280x720 */
    public Screen(String size) throws IOException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":")).anyMatch(part -> Files.isExecutable(Path.of(part, "Xvfb"))),
                "skipped: Xvfb is not installed");
        server = new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", size + "x24", "-nolisten", "tcp")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        name = ":" + server.inputReader().readLine();
    }

    public String name() {
        return name;
    }

    /** Waits until a part of the screen shows a picture: many colours. */
    public void awaitColours(int left, int top, int width, int height) throws IOException, InterruptedException {
        long colours = 0;
        for (int i = 0; i < TRIES && colours < 6; i++) {
            byte[] pixels = grab(left, top, width, height);
            colours = IntStream.range(0, pixels.length / 3)
                    .map(p -> (pixels[3 * p] & 0xE0) << 16 | (pixels[3 * p + 1] & 0xE0) << 8 | pixels[3 * p + 2] & 0xE0)
                    .distinct()
                    .count();
        }
        assertThat(colours).as("colours on the screen").isGreaterThanOrEqualTo(6);
    }

    /** Waits until a pixel has a colour, nearly. */
    public void awaitColour(int left, int top, int red, int green, int blue) throws IOException, InterruptedException {
        byte[] pixel = new byte[3];
        for (int i = 0; i < TRIES; i++) {
            pixel = grab(left, top, 2, 2);
            if (isNear(pixel[0], red) && isNear(pixel[1], green) && isNear(pixel[2], blue)) {
                return;
            }
        }
        throw new AssertionError("the screen shows " + (pixel[0] & 0xff) + ", " + (pixel[1] & 0xff) + ", "
                + (pixel[2] & 0xff) + " at last");
    }

    private static boolean isNear(byte value, int expected) {
        return Math.abs((value & 0xff) - expected) < 40;
    }

    /** RGB, 8 bits each. Each call takes the time of a program's start. */
    private byte[] grab(int left, int top, int width, int height) throws IOException, InterruptedException {
        Process ffmpeg = new ProcessBuilder(List.of(
                        "ffmpeg",
                        "-nostdin",
                        "-v",
                        "error",
                        "-f",
                        "x11grab",
                        "-video_size",
                        width + "x" + height,
                        "-i",
                        name + ".0+" + left + "," + top,
                        "-frames:v",
                        "1",
                        "-f",
                        "rawvideo",
                        "-pix_fmt",
                        "rgb24",
                        "-"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        byte[] pixels = ffmpeg.getInputStream().readAllBytes();
        assertThat(ffmpeg.waitFor()).isZero();
        return pixels;
    }

    @Override
    public void close() {
        server.destroy();
        server.onExit().join();
    }
}
