package dev.midframe.element;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.freedesktop.gstreamer.Format;
import org.freedesktop.gstreamer.Gst;
import org.freedesktop.gstreamer.event.SeekFlags;
import org.freedesktop.gstreamer.event.SeekType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoded files instead of test pictures: real strides, buffer pools, timestamps and seeks. */
class FootageTest {

    private static final int FRAMES = 12;

    private static final TestEngines ENGINES = new TestEngines();

    @BeforeAll
    static void register() {
        Gst.init();
        MidframeElement.register(ENGINES, FrameObserver.NONE);
    }

    private static String decoded(String clip) throws IOException {
        String folder = System.getenv().getOrDefault("MIDFRAME_FOOTAGE", "../shared/footage");
        Path clips = Path.of(folder, "clips", clip);
        assumeTrue(Files.isDirectory(clips), "needs the footage folder (MIDFRAME_FOOTAGE)");
        try (var files = Files.list(clips)) {
            Path file = files.filter(path -> path.toString().matches(".*\\.(mp4|mkv|webm)"))
                    .findFirst()
                    .orElseThrow();
            return "filesrc location=" + file.toAbsolutePath()
                    + " ! decodebin name=d d. ! video/x-raw ! identity eos-after=" + (FRAMES + 1) + " ! ";
        }
    }

    // Widths that need no padding: what lies in a decoder's padding differs from run to run.
    @ParameterizedTest
    @CsvSource({
        "sam2_dog,I420",
        "sports2d_park,I420",
        "sam2_bedroom,I420",
        "ax_roof_hdr_1080p,I420_10LE",
        "pose2sim_cam01,I420"
    })
    void passesEveryDecodedFrameBitExactAtItsTime(String clip, String format) throws IOException {
        String behind = "video/x-raw,format=" + format + " ! appsink name=sink";
        List<Seen> real = Running.toTheEnd(decoded(clip) + behind);

        List<Seen> frames = Running.toTheEnd(decoded(clip) + "midframe scene-change=off ! " + behind);

        assertThat(real).hasSizeGreaterThanOrEqualTo(FRAMES);
        Map<Long, Long> checksums = frames.stream().collect(Collectors.toMap(Seen::pts, Seen::checksum));
        real.subList(0, FRAMES).forEach(frame -> assertThat(checksums).containsEntry(frame.pts(), frame.checksum()));
        assertThat(frames).extracting(Seen::pts).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gopro_karma_drone", "sports2d_park"})
    void passesPaddedRowsToElementsThatReadThem(String clip) throws IOException {
        String converted = "videoconvert ! video/x-raw,format=RGBx ! appsink name=sink";
        List<Seen> real = Running.toTheEnd(decoded(clip) + converted);

        List<Seen> frames = Running.toTheEnd(decoded(clip) + "midframe ! " + converted);

        assertThat(frames)
                .extracting(Seen::checksum)
                .containsAll(
                        real.subList(0, FRAMES).stream().map(Seen::checksum).toList());
    }

    @Test
    void survivesSeeksAndAbruptStopsOfDecodedFiles() throws IOException {
        Random random = new Random(4);
        String source = decoded("gopro_karma_drone").replace("identity eos-after=" + (FRAMES + 1) + " ! ", "");
        for (int i = 0; i < 15; i++) {
            try (Running running = new Running(source + "midframe depth=2 ! fakesink sync=" + (i % 2 == 0))) {
                running.play();
                for (int seeks = 0; seeks < 3; seeks++) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(60)));
                    running.pipeline()
                            .seek(
                                    1.0,
                                    Format.TIME,
                                    EnumSet.of(SeekFlags.FLUSH, SeekFlags.KEY_UNIT),
                                    SeekType.SET,
                                    random.nextLong(12_000_000_000L),
                                    SeekType.NONE,
                                    0);
                }
            }
        }

        assertThat(ENGINES.open).hasValue(0);
    }
}
