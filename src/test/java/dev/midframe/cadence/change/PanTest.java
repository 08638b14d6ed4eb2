package dev.midframe.cadence.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.cadence.Picture;
import dev.midframe.video.PixelFormat;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pans that begin from one pair to the next, 5 to 80 pixels a pair at 360 of width, sharp and blurred by half their way. */
class PanTest {
    private static final int[] SPEEDS = {5, 10, 20, 30, 40, 50, 65, 80};
    private static final int[] PERIODS = {9, 18, 37};
    private static final int STEADY = 4;
    private static final int PANNING = 8;

    /** At most where it begins is a pan taken for a cut. */
    @ParameterizedTest
    @EnumSource
    void aPanIsNoRowOfCuts(Texture texture) {
        List<String> inRow = new ArrayList<>();
        int pans = 0;
        int cuts = 0;
        for (int period : texture.periodic() ? PERIODS : new int[] {1, 2, 3}) {
            double[][] wall = texture.wall(80 * PANNING + 2 * Texture.WIDTH, period, period);
            for (int speed : SPEEDS) {
                for (int blur : new int[] {1, Math.ceilDiv(speed, 2)}) {
                    List<Change> changes = changes(pan(wall, speed, blur));
                    int seen = Collections.frequency(changes, Change.CUT);
                    if (seen > 1) {
                        inRow.add("period %d, %d pixels, blur %d: %s".formatted(period, speed, blur, changes));
                    }
                    cuts += seen;
                    pans++;
                }
            }
        }

        assertThat(inRow).isEmpty();
        assertThat(cuts).as("cuts in %d pans", pans).isLessThanOrEqualTo(texture.periodic() ? pans / 2 : 0);
    }

    @Test
    void aCutBetweenTwoSlowPansIsSeen() {
        List<Picture> pictures = new ArrayList<>();
        for (Texture texture : Texture.values()) {
            pictures.addAll(pan(texture.wall(2 * Texture.WIDTH, 37, 1), 3, 1));
        }

        assertThat(changes(pictures))
                .isEqualTo(IntStream.range(0, pictures.size())
                        .mapToObj(i -> i > 0 && i % (STEADY + PANNING) == 0 ? Change.CUT : Change.MOTION)
                        .toList());
    }

    @Test
    void aDetectorThatBeganAFewFramesEarlierSaysTheSame() {
        List<Picture> pictures = new ArrayList<>();
        for (Texture texture : Texture.values()) {
            for (Picture picture : pan(texture.wall(80 * PANNING + 2 * Texture.WIDTH, 18, 2), 45, 1)) {
                pictures.addAll(Collections.nCopies(pictures.size() % 5 == 0 ? 2 : 1, picture));
            }
        }
        List<Change> whole = changes(pictures);

        assertThat(whole).contains(Change.CUT, Change.REPEAT, Change.MOTION);
        for (int from = 0; from + ChangeDetector.MEMORY < pictures.size(); from++) {
            List<Change> part = changes(pictures.subList(from, from + ChangeDetector.MEMORY + 1));
            assertThat(part.getLast())
                    .as("frame %d", from + ChangeDetector.MEMORY)
                    .isEqualTo(whole.get(from + ChangeDetector.MEMORY));
        }
    }

    private static List<Picture> pan(double[][] wall, int speed, int blur) {
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < STEADY; i++) {
            pictures.add(Texture.seen(wall, i, 1, i));
        }
        for (int i = 1; i <= PANNING; i++) {
            pictures.add(Texture.seen(wall, STEADY - 1 + speed * i, blur, STEADY + i));
        }
        return pictures;
    }

    private static List<Change> changes(List<Picture> pictures) {
        try (Arena arena = Arena.ofConfined()) {
            ChangeDetector detector = new ChangeDetector(
                    pictures.getFirst().format(PixelFormat.I420), ChangeDetector.DEFAULT_SCENE_THRESHOLD);
            return pictures.stream()
                    .map(picture -> detector.detect(picture.frame(PixelFormat.I420, arena)))
                    .toList();
        }
    }
}
