package dev.midframe.cli.gpucheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.midframe.film.graph.Precision;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class GpuComparisonTest {

    private static final FrameFormat FORMAT = new FrameFormat(PixelFormat.I420, 640, 360, Colorimetry.BT601_LIMITED);

    @Test
    void equalPicturesAreAsCloseAsCanBe() {
        GpuComparison comparison = compare(luma -> {});

        assertThat(comparison).isEqualTo(new GpuComparison(100, 100, 100));
        assertThat(comparison.closeEnough(Precision.FP32)).isTrue();
    }

    @Test
    void aDifferenceOfOneCodeValueEverywhereIs48Decibels() {
        GpuComparison comparison = compare(luma -> {
            for (long offset = 0; offset < luma.byteSize(); offset++) {
                add(luma, offset, 1);
            }
        });

        assertThat(comparison.cornerDecibels()).isCloseTo(48.13, within(0.01));
        assertThat(comparison.closeEnough(Precision.FP16)).isTrue();
        assertThat(comparison.closeEnough(Precision.FP32)).isFalse();
    }

    @Test
    void anErrorInOneCornerAloneIsTooFar() {
        GpuComparison comparison = compare(luma -> {
            for (long offset = luma.byteSize() - 20; offset < luma.byteSize(); offset++) {
                add(luma, offset, 100);
            }
        });

        assertThat(comparison.decibels()).isGreaterThan(40);
        assertThat(comparison.cornerDecibels()).isLessThan(40);
        assertThat(comparison.closeEnough(Precision.FP16)).isFalse();
    }

    @Test
    void aHoleInTheMiddleIsTooFar() {
        GpuComparison comparison = compare(luma -> {
            for (int y = 160; y < 168; y++) {
                for (int x = 320; x < 328; x++) {
                    luma.set(ValueLayout.JAVA_BYTE, y * 640L + x, (byte) 0);
                }
            }
        });

        assertThat(comparison.decibels()).isGreaterThan(40);
        assertThat(comparison.cornerDecibels()).isEqualTo(100);
        assertThat(comparison.blockDecibels()).isLessThan(20);
        assertThat(comparison.closeEnough(Precision.FP16)).isFalse();
    }

    @Test
    void aSmallHoleInTheColoursIsTooFar() {
        try (TestPictures pictures = new TestPictures(FORMAT)) {
            VideoFrame whole = pictures.frames().getFirst();
            VideoFrame holed = VideoFrame.allocate(FORMAT, Arena.ofAuto());
            holed.copyFrom(whole);
            MemorySegment chroma = holed.planes().get(2).data();
            for (int y = 100; y < 104; y++) {
                chroma.asSlice(y * 320L + 160, 4).fill((byte) 0);
            }
            GpuComparison comparison = GpuComparison.between(whole, holed);

            assertThat(comparison.decibels()).isGreaterThan(40);
            assertThat(comparison.closeEnough(Precision.FP16)).isFalse();
        }
    }

    private interface Change {
        void to(MemorySegment luma);
    }

    private static GpuComparison compare(Change change) {
        try (TestPictures pictures = new TestPictures(FORMAT)) {
            VideoFrame changed = VideoFrame.allocate(FORMAT, Arena.ofAuto());
            changed.copyFrom(pictures.frames().getFirst());
            change.to(changed.planes().getFirst().data());
            return GpuComparison.between(pictures.frames().getFirst(), changed);
        }
    }

    private static void add(MemorySegment memory, long offset, int value) {
        byte before = memory.get(ValueLayout.JAVA_BYTE, offset);
        memory.set(ValueLayout.JAVA_BYTE, offset, (byte) (before + value));
    }
}
