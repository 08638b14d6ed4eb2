package dev.midframe.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A film of which sound and picture can be compared wherever it comes out: black, but for a white flash and a beep that
 * begin together once a second. The times compared are those in the received file, not those of its arrival.
 */
public final class FlashAndBeep {

    /** The pictures with B-frames, as OBS makes them. */
    public static final String PICTURES = "-f lavfi -i color=black:s=160x96:r=25,"
            + "drawbox=c=white:t=fill:enable='between(mod(t\\,1)\\,0.479\\,0.56)' ";

    public static final String SOUND =
            "-f lavfi -i aevalsrc='sin(2*PI*1000*t)*between(mod(t\\,1)\\,0.48\\,0.56)':s=44100 ";
    public static final String H264 = "-c:v libx264 -preset ultrafast -bf 2 -g 25 -pix_fmt yuv420p ";

    private static final Pattern FLASH = Pattern.compile("black_end:([\\d.]+)");
    private static final Pattern BEEP = Pattern.compile("silence_end: ([\\d.]+)");
    private static final double APART_MILLIS = 20;

    private FlashAndBeep() {}

    /** Holds that flashes and beeps still come together: within 20 ms, in the median. */
    public static void assertTogether(Path received) throws IOException, InterruptedException {
        List<Double> offsets = offsetsMillis(received);
        assertThat(offsets).as("milliseconds by which beeps are late").hasSizeGreaterThanOrEqualTo(4);
        double median = offsets.stream().sorted().toList().get(offsets.size() / 2);
        assertThat(median).as("the median of %s", offsets).isCloseTo(0, within(APART_MILLIS));
    }

    /** By how much each flash's beep comes after it, in milliseconds; the end of the file counts as neither. */
    private static List<Double> offsetsMillis(Path received) throws IOException, InterruptedException {
        // Grey, a generated frame between black and white, is no flash yet.
        Process reader = new ProcessBuilder(
                        "ffmpeg",
                        "-nostdin",
                        "-copyts",
                        "-i",
                        received.toString(),
                        "-vf",
                        "blackdetect=d=0.2:pix_th=0.9",
                        "-af",
                        "silencedetect=n=-20dB:d=0.2",
                        "-f",
                        "null",
                        "-")
                .redirectErrorStream(true)
                .start();
        String said = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(reader.waitFor()).as(said).isZero();
        List<Double> beeps = times(BEEP, said);
        List<Double> flashes = times(FLASH, said);
        return flashes.stream()
                .limit(Math.max(0, flashes.size() - 1))
                .map(flash -> nearest(beeps, flash).map(beep -> 1000 * (beep - flash)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Double> nearest(List<Double> beeps, double flash) {
        return beeps.stream()
                .filter(beep -> Math.abs(beep - flash) < 0.45)
                .min(Comparator.comparingDouble(beep -> Math.abs(beep - flash)));
    }

    private static List<Double> times(Pattern pattern, String said) {
        return pattern.matcher(said)
                .results()
                .map(found -> Double.parseDouble(found.group(1)))
                .toList();
    }
}
