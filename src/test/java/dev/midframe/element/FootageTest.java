package dev.midframe.element;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.midframe.ffi.gst.States;
import dev.midframe.interpolation.FrameObserver;
import dev.midframe.testkit.ReceivedFrame;
import dev.midframe.testkit.SeekFlag;
import dev.midframe.testkit.TestPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoded files instead of test pictures: real strides, buffer pools, timestamps and seeks. */
class FootageTest {

    private static final int FRAMES = 12;

    private static final TestEngines ENGINES = new TestEngines();

    @BeforeAll
    static void register() {
        ENGINES.register(FrameObserver.NONE);
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
        List<ReceivedFrame> real = TestPipeline.toTheEnd(decoded(clip) + behind);

        List<ReceivedFrame> frames = TestPipeline.toTheEnd(decoded(clip) + "midframe scene-change=off ! " + behind);

        assertThat(real).hasSizeGreaterThanOrEqualTo(FRAMES);
        Map<Long, Long> checksums =
                frames.stream().collect(Collectors.toMap(ReceivedFrame::pts, ReceivedFrame::checksum));
        real.subList(0, FRAMES).forEach(frame -> assertThat(checksums).containsEntry(frame.pts(), frame.checksum()));
        assertThat(frames).extracting(ReceivedFrame::pts).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gopro_karma_drone", "sports2d_park"})
    void passesPaddedRowsToElementsThatReadThem(String clip) throws IOException {
        String converted = "videoconvert ! video/x-raw,format=RGBx ! appsink name=sink";
        List<ReceivedFrame> real = TestPipeline.toTheEnd(decoded(clip) + converted);

        List<ReceivedFrame> frames = TestPipeline.toTheEnd(decoded(clip) + "midframe ! " + converted);

        assertThat(frames)
                .extracting(ReceivedFrame::checksum)
                .containsAll(real.subList(0, FRAMES).stream()
                        .map(ReceivedFrame::checksum)
                        .toList());
    }

    /** The time of the frame shown after each of some seeks. */
    private static List<Long> shownAfterSeeks(String element, SeekFlag flag) throws IOException {
        String source = decoded("gopro_karma_drone").replace("identity eos-after=" + (FRAMES + 1) + " ! ", "");
        List<Long> shown = new ArrayList<>();
        try (TestPipeline running = new TestPipeline(source + element + " ! appsink name=sink")) {
            running.pause();
            for (long second = 9; second > 0; second -= 3) {
                assertThat(running.seek(1.0, flag, second * 1_000_000_000 + 7_000_000, -1))
                        .isTrue();
                running.awaitState(States.PAUSED);
                shown.add(running.prerolled());
            }
        }
        return shown;
    }

    @ParameterizedTest
    @EnumSource(
            value = SeekFlag.class,
            names = {"ACCURATE", "KEY_UNIT"})
    void showsTheFrameOfAFileThatIsAskedFor(SeekFlag flag) throws IOException {
        List<Long> without = shownAfterSeeks("identity", flag);

        List<Long> shown = shownAfterSeeks("midframe", flag);

        assertThat(shown).hasSameSizeAs(without);
        for (int i = 0; i < shown.size(); i++) {
            assertThat(shown.get(i)).isBetween(without.get(i), without.get(i) + 34_000_000);
        }
    }

    @Test
    void survivesSeeksAndAbruptStopsOfDecodedFiles() throws IOException {
        Random random = new Random(4);
        String source = decoded("gopro_karma_drone").replace("identity eos-after=" + (FRAMES + 1) + " ! ", "");
        for (int i = 0; i < 15; i++) {
            try (TestPipeline running = new TestPipeline(source + "midframe depth=2 ! fakesink sync=" + (i % 2 == 0))) {
                running.play();
                for (int seeks = 0; seeks < 3; seeks++) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(60)));
                    running.seek(1.0, SeekFlag.KEY_UNIT, random.nextLong(12_000_000_000L), -1);
                }
            }
        }

        ENGINES.awaitNoneOpen();
    }
}
