package dev.midframe.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.midframe.quality.method.Minterpolate;
import dev.midframe.quality.metric.Channels;
import dev.midframe.quality.metric.Psnr;
import dev.midframe.quality.metric.Ssim;
import dev.midframe.testkit.Pictures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FfmpegMetricsTest {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}x{1}, noise {2}")
    @CsvSource({"64, 48, 3", "320, 240, 40", "101, 67, 12", "16, 16, 5", "642, 358, 1"})
    void psnrAndSsimAgreeWithFfmpegsFilters(int width, int height, int noise) throws Exception {
        assumeTrue(Minterpolate.installed().isPresent(), "ffmpeg is not installed: nothing to compare with");
        Channels real = channels(width, height, 0, 1);
        Channels made = channels(width, height, noise, 2);

        assertThat(Psnr.of(real.luma(), made.luma()))
                .isCloseTo(ffmpeg("psnr", "gray", "psnr_avg", real, made), within(0.01));
        assertThat(Ssim.of(real.luma(), made.luma(), width, height))
                .isCloseTo(ffmpeg("ssim", "gray", "All", real, made), within(0.001));
        assertThat(Psnr.ofRgb(real, made)).isCloseTo(ffmpeg("psnr", "gbrp", "psnr_avg", real, made), within(0.01));
        assertThat(Ssim.ofRgb(real, made)).isCloseTo(ffmpeg("ssim", "gbrp", "All", real, made), within(0.001));
    }

    /** Different textures and unequal noise in the channels, so that their order and weights matter. */
    private static Channels channels(int width, int height, int noise, long seed) {
        byte[] a = Pictures.texture(width, height, 0, 0);
        byte[] b = Pictures.texture(width, height, 40, 9);
        byte[] c = Pictures.texture(width, height, 7, 80);
        return new Channels(
                width,
                height,
                Pictures.noisy(a, noise, seed),
                Pictures.noisy(b, noise / 2, seed + 1),
                Pictures.noisy(c, noise, seed + 2),
                Pictures.noisy(a, 2 * noise, seed + 3));
    }

    private double ffmpeg(String filter, String layout, String figure, Channels real, Channels made) throws Exception {
        Path first = write("real.raw", layout, real);
        Path second = write("made.raw", layout, made);
        Path stats = folder.resolve("stats.txt");
        String size = real.width() + "x" + real.height();
        List<String> command = List.of(
                "ffmpeg",
                "-nostdin",
                "-v",
                "error",
                "-f",
                "rawvideo",
                "-pix_fmt",
                layout,
                "-s",
                size,
                "-i",
                first.toString(),
                "-f",
                "rawvideo",
                "-pix_fmt",
                layout,
                "-s",
                size,
                "-i",
                second.toString(),
                "-lavfi",
                filter + "=stats_file=" + stats,
                "-f",
                "null",
                "-");
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        Matcher matcher = Pattern.compile(figure + ":([0-9.]+)").matcher(Files.readString(stats));
        assertThat(matcher.find()).isTrue();
        return Double.parseDouble(matcher.group(1));
    }

    private Path write(String name, String layout, Channels channels) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (layout.equals("gray")) {
            bytes.write(channels.luma());
        } else {
            bytes.write(channels.green());
            bytes.write(channels.blue());
            bytes.write(channels.red());
        }
        return Files.write(folder.resolve(name), bytes.toByteArray());
    }
}
