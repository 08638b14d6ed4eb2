package dev.midframe.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.testkit.Ffmpeg;
import dev.midframe.testkit.OtherPrograms;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * GStreamer's own checks, where somebody has built them: gst-devtools is no package of Debian's. What they find in a pipeline
 * with an element that does nothing is not the element's.
 */
class GstValidateTest {

    private static InstalledPlugin plugin;
    private static Path film;

    @BeforeAll
    static void install(@TempDir Path home) throws IOException, InterruptedException {
        OtherPrograms.require("gst-validate-1.0");
        OtherPrograms.require("cc");
        plugin = InstalledPlugin.in(home);
        film = home.resolve("film.mp4");
        Ffmpeg.ffmpeg(
                ("-f lavfi -i testsrc2=size=64x64:rate=10:duration=330 -c:v libx264 -g 10 -pix_fmt yuv420p " + film)
                        .split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pause_resume",
                "change_state_intensive",
                "seek_forward",
                "seek_backward",
                "seek_forward_backward",
                "seek_with_stop",
                "scrub_forward_seeking",
                "scrub_backward_seeking",
                "reverse_playback"
            })
    void nothingIsFoundThatIsNotFoundWithoutTheElement(String scenario) throws IOException, InterruptedException {
        Set<String> without = issues(scenario, "identity");
        // What the sink says of a machine that is too slow.
        without.add("warning : We got a WARNING message on the bus");

        assertThat(without).containsAll(issues(scenario, "midframe on-overload=skip"));
    }

    private static Set<String> issues(String scenario, String element) throws IOException, InterruptedException {
        InstalledPlugin.Run run = plugin.run(
                "gst-validate-1.0",
                "--set-scenario",
                scenario,
                "playbin",
                "uri=" + film.toUri(),
                "video-filter=videoconvert ! " + element,
                "video-sink=fakevideosink sync=true");
        assertThat(run.output()).as(run.toString()).anyMatch(line -> line.startsWith("Issues found: "));
        return Stream.concat(run.output().stream(), run.errors().stream())
                .map(String::strip)
                .filter(line -> line.matches("(issue|warning|critical) :.*"))
                .collect(Collectors.toSet());
    }
}
