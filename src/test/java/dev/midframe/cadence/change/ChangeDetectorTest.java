package dev.midframe.cadence.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.midframe.cadence.Picture;
import dev.midframe.video.PixelFormat;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeDetectorTest {
    private static final Picture SCENE = Picture.scene(640, 360, 1);
    private static final Picture OTHER_SCENE = Picture.scene(640, 360, 2);

    @ParameterizedTest
    @EnumSource(PixelFormat.class)
    void motionRepeatsAndCutsAreToldApartInEveryFormat(PixelFormat format) {
        assertThat(changes(format, SCENE, SCENE, SCENE.moved(3, 1), OTHER_SCENE, OTHER_SCENE.moved(-2, 0)))
                .containsExactly(Change.MOTION, Change.REPEAT, Change.MOTION, Change.CUT, Change.MOTION);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 5", "65, 37", "320, 240", "1081, 1923"})
    void anySizeIsRead(int width, int height) {
        Picture picture = Picture.scene(width, height, 1);

        assertThat(changes(PixelFormat.I420, picture, picture, picture.toned(value -> 255 - value)))
                .startsWith(Change.MOTION, Change.REPEAT)
                .last()
                .isNotEqualTo(Change.REPEAT);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void unrelatedScenesAreACut(long seed) {
        assertThat(changes(PixelFormat.I420, SCENE, Picture.scene(640, 360, seed)))
                .containsExactly(Change.MOTION, Change.CUT);
    }

    @Test
    void compressionNoiseIsStillARepeat() {
        assertThat(changes(PixelFormat.I420, SCENE, SCENE.noisy(1, 1), SCENE))
                .containsExactly(Change.MOTION, Change.REPEAT, Change.REPEAT);
    }

    @Test
    void aSmallThingThatMovesIsMotion() {
        assertThat(changes(PixelFormat.I420, SCENE.withSquare(100, 100, 12), SCENE.withSquare(104, 100, 12)))
                .containsExactly(Change.MOTION, Change.MOTION);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 80, 120, 225, -60, -100, -225})
    void aFlashIsNoCut(int brightness) {
        Picture flash = SCENE.moved(2, 0).toned(value -> value + brightness);

        assertThat(changes(PixelFormat.I420, SCENE, flash, SCENE.moved(4, 0))).doesNotContain(Change.CUT);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void aFlashThatLeavesLittleButWhiteIsNoCut(long seed) {
        Picture dark =
                Picture.scene(640, 360, seed).toned(value -> 40 + value / 3).blotched(45, seed);

        assertThat(changes(PixelFormat.I420, dark, dark.toned(value -> 3 * value), dark))
                .doesNotContain(Change.CUT);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void aWrittenPageAfterASceneIsACut(long seed) {
        assertThat(changes(PixelFormat.I420, Picture.scene(640, 360, seed), Picture.page(640, 360, seed)))
                .containsExactly(Change.MOTION, Change.CUT);
    }

    @Test
    void aFadeOutAndInIsNoCutNorARepeat() {
        Picture[] fade = IntStream.rangeClosed(-14, 14)
                .mapToObj(step -> SCENE.toned(value -> 16 + (value - 16) * Math.abs(step) / 14))
                .toArray(Picture[]::new);

        List<Change> changes = changes(PixelFormat.I420, fade);

        assertThat(changes).containsOnly(Change.MOTION);
    }

    @Test
    void aFastPanIsNoCut() {
        Picture wide = Picture.scene(960, 360, 5);
        Picture[] pan =
                IntStream.range(0, 10).mapToObj(step -> window(wide, 30 * step)).toArray(Picture[]::new);

        assertThat(changes(PixelFormat.I420, pan)).containsOnly(Change.MOTION);
    }

    @Test
    void afterAResetTheNextFrameIsAFirstOne() {
        try (Arena arena = Arena.ofConfined()) {
            ChangeDetector detector =
                    new ChangeDetector(SCENE.format(PixelFormat.I420), ChangeDetector.DEFAULT_SCENE_THRESHOLD);
            detector.detect(SCENE.frame(PixelFormat.I420, arena));
            detector.reset();

            assertThat(detector.detect(OTHER_SCENE.frame(PixelFormat.I420, arena)))
                    .isEqualTo(Change.MOTION);
            assertThat(detector.detect(SCENE.frame(PixelFormat.I420, arena))).isEqualTo(Change.CUT);
        }
    }

    @Test
    void aThresholdOfNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ChangeDetector(SCENE.format(PixelFormat.I420), 0))
                .withMessageContaining("scene threshold 0.0");
    }

    private static Picture window(Picture wide, int left) {
        int[] luma = new int[640 * 360];
        for (int y = 0; y < 360; y++) {
            System.arraycopy(wide.luma(), y * wide.width() + left, luma, y * 640, 640);
        }
        return new Picture(640, 360, luma);
    }

    private static List<Change> changes(PixelFormat format, Picture... pictures) {
        ChangeDetector detector =
                new ChangeDetector(pictures[0].format(format), ChangeDetector.DEFAULT_SCENE_THRESHOLD);
        List<Change> changes = new ArrayList<>();
        for (Picture picture : pictures) {
            try (Arena arena = Arena.ofConfined()) {
                changes.add(detector.detect(picture.frame(format, arena)));
            }
        }
        return changes;
    }
}
