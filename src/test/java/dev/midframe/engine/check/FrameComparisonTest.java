package dev.midframe.engine.check;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameComparisonTest {

    private static final FrameFormat FORMAT = new FrameFormat(PixelFormat.I420, 640, 360, Colorimetry.BT601_LIMITED);

    @Test
    void equalPicturesAreAsCloseAsCanBe() {
        FrameComparison comparison = compare(luma -> {});

        assertThat(comparison).isEqualTo(new FrameComparison(100, 100, 100));
        assertThat(comparison.closeEnough(Precision.FP32)).isTrue();
    }

    @Test
    void aDifferenceOfOneCodeValueEverywhereIs48Decibels() {
        FrameComparison comparison = compare(luma -> {
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
        FrameComparison comparison = compare(luma -> {
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
        FrameComparison comparison = compare(luma -> {
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
        try (TexturedFrames textured = new TexturedFrames(FORMAT)) {
            VideoFrame whole = textured.frames().getFirst();
            VideoFrame holed = VideoFrame.allocate(FORMAT, Arena.ofAuto());
            holed.copyFrom(whole);
            MemorySegment chroma = holed.planes().get(2).data();
            for (int y = 100; y < 104; y++) {
                chroma.asSlice(y * 320L + 160, 4).fill((byte) 0);
            }
            FrameComparison comparison = FrameComparison.between(whole, holed);

            assertThat(comparison.decibels()).isGreaterThan(40);
            assertThat(comparison.closeEnough(Precision.FP16)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyFormatIsDrawnAndComparedIn8BitCodeValues(PixelFormat pixels) {
        FrameFormat format = new FrameFormat(pixels, 63, 49, Colorimetry.BT601_LIMITED);
        try (TexturedFrames textured = new TexturedFrames(format)) {
            FrameComparison moved = FrameComparison.between(
                    textured.frames().get(0), textured.frames().get(1));

            assertThat(moved.decibels()).as("texture that moves").isBetween(10.0, 25.0);
            assertThat(FrameComparison.parse(moved.toText())).isEqualTo(moved);
        }
    }

    private interface Change {
        void to(MemorySegment luma);
    }

    private static FrameComparison compare(Change change) {
        try (TexturedFrames textured = new TexturedFrames(FORMAT)) {
            VideoFrame changed = VideoFrame.allocate(FORMAT, Arena.ofAuto());
            changed.copyFrom(textured.frames().getFirst());
            change.to(changed.planes().getFirst().data());
            return FrameComparison.between(textured.frames().getFirst(), changed);
        }
    }

    private static void add(MemorySegment memory, long offset, int value) {
        byte before = memory.get(ValueLayout.JAVA_BYTE, offset);
        memory.set(ValueLayout.JAVA_BYTE, offset, (byte) (before + value));
    }
}
