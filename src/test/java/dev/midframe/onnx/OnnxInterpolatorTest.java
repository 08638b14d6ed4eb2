package dev.midframe.onnx;

import static dev.midframe.onnx.TestFrames.BLEND;
import static dev.midframe.onnx.TestFrames.PUBLISHED;
import static dev.midframe.onnx.TestFrames.between;
import static dev.midframe.onnx.TestFrames.bytes;
import static dev.midframe.onnx.TestFrames.copy;
import static dev.midframe.onnx.TestFrames.furthest;
import static dev.midframe.onnx.TestFrames.moving;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.FilmModels;
import dev.midframe.film.weights.Safetensors;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.interpolation.MotionSize;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxInterpolatorTest {

    private static final FrameFormat SMALL = format(PixelFormat.I420, 71, 37);

    static Stream<Arguments> everyFormat() {
        return Stream.of(PixelFormat.values()).flatMap(pixels -> Stream.of(Colorimetry.Range.values())
                .map(range -> Arguments.of(pixels, new Colorimetry(range, Colorimetry.Matrix.BT709))));
    }

    @ParameterizedTest
    @MethodSource("everyFormat")
    void givesTwoEqualFramesBackUnchanged(PixelFormat pixels, Colorimetry colorimetry) {
        FrameFormat format = new FrameFormat(pixels, 71, 37, colorimetry);
        for (FilmModel model : List.of(BLEND, PUBLISHED)) {
            try (FrameInterpolator interpolator = new OnnxInterpolator(model, format, 1, 1)) {
                VideoFrame frame = moving(format, 0);
                interpolator.advance(frame);
                interpolator.advance(frame);
                assertThat(between(interpolator, 0.25)[0]).as(model.name()).isEqualTo(bytes(frame));
            }
        }
    }

    /** Both frames have steps of 8 bits only: what lies between them in a finer picture is the network's own. */
    @ParameterizedTest
    @EnumSource(
            value = PixelFormat.class,
            names = {"I420_10LE", "P010_10LE"})
    void generatesPicturesOfTenBits(PixelFormat pixels) {
        FrameFormat format = format(pixels, 71, 37);
        byte[] generated = pair(format, moving(format, 0), moving(format, 1));
        int[] counts = new int[4];
        for (int luma = 0; luma < 71 * 37; luma++) {
            int code = (generated[2 * luma] & 0xff | (generated[2 * luma + 1] & 0xff) << 8)
                    >> (pixels == PixelFormat.P010_10LE ? 6 : 0);
            counts[code & 3]++;
        }
        for (int count : counts) {
            assertThat(count).as("samples with either of the two lowest bits").isGreaterThan(71 * 37 / 8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"film-lite", "film-base"})
    void aGeneratedFrameIsAsBrightAsItsNeighbours(String model) {
        FrameFormat format = format(PixelFormat.I420, 256, 144);
        VideoFrame first = moving(format, 0);
        VideoFrame second = moving(format, 1);
        try (FrameInterpolator interpolator = new OnnxInterpolatorFactory(new FilmModels(Path.of("none")))
                .open(new EngineRequest(format, model, Backend.CPU, 1, 0, 0))) {
            interpolator.advance(first);
            interpolator.advance(second);
            byte[] generated = between(interpolator, 0.5)[0];

            double neighbours = (brightness(bytes(first)) + brightness(bytes(second))) / 2;
            assertThat(brightness(generated)).isCloseTo(neighbours, withinPercentage(0.2));
        }
    }

    @ParameterizedTest
    @CsvSource({"320, 180", "1280, 720"})
    void threadsOfOnePairChangeNoBit(int width, int height) {
        FrameFormat format = format(PixelFormat.I420, width, height);
        assertThat(withThreads(3, format)).isEqualTo(withThreads(1, format));
    }

    private static byte[] withThreads(int threads, FrameFormat format) {
        try (FrameInterpolator interpolator = new OnnxInterpolatorFactory(new FilmModels(Path.of("none")))
                .open(new EngineRequest(format, "film-lite", Backend.CPU, 1, threads, 0))) {
            interpolator.advance(moving(format, 0));
            interpolator.advance(moving(format, 1));
            return between(interpolator, 0.5)[0];
        }
    }

    private static double brightness(byte[] frame) {
        double sum = 0;
        for (int luma = 0; luma < 256 * 144; luma++) {
            sum += frame[luma] & 0xff;
        }
        return sum / (256 * 144);
    }

    @Test
    void givesThePictureOfTheTrainingCode() {
        var golden = Safetensors.map(Path.of("src/test/resources/film-lite-golden/io.safetensors"), Arena.ofAuto())
                .tensors();
        FrameFormat format = format(PixelFormat.I420, 128, 128);
        try (FrameInterpolator interpolator = new OnnxInterpolator(BLEND, format, 1, 1)) {
            interpolator.advance(TestFrames.ofPlanes(format, golden.get("420.first.y"), golden.get("420.first.c")));
            interpolator.advance(TestFrames.ofPlanes(format, golden.get("420.second.y"), golden.get("420.second.c")));
            for (double time : new double[] {0.25, 0.5}) {
                byte[] expected = bytes(TestFrames.ofPlanes(
                        format, golden.get("420." + time + ".y"), golden.get("420." + time + ".c")));
                assertThat(furthest(between(interpolator, time)[0], expected)).isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void givesTheSameForPlanarAndInterleavedChroma() {
        FrameFormat interleaved = format(PixelFormat.NV12, 71, 37);
        byte[] first = bytes(moving(SMALL, 0));
        byte[] second = bytes(moving(SMALL, 1));
        byte[] found = pair(
                interleaved,
                TestFrames.of(interleaved, TestFrames.nv12(SMALL, first)),
                TestFrames.of(interleaved, TestFrames.nv12(SMALL, second)));
        assertThat(found).isEqualTo(TestFrames.nv12(SMALL, pair(SMALL, moving(SMALL, 0), moving(SMALL, 1))));
    }

    @ParameterizedTest
    @EnumSource(PixelFormat.class)
    void readsAndWritesFramesWithPaddedRows(PixelFormat pixels) {
        FrameFormat format = format(pixels, 45, 23);
        VideoFrame first = moving(format, 0);
        VideoFrame second = moving(format, 1);
        try (FrameInterpolator interpolator = new OnnxInterpolator(BLEND, format, 1, 1)) {
            interpolator.advance(TestFrames.strided(first));
            interpolator.advance(TestFrames.strided(second));
            VideoFrame target = TestFrames.strided(first);
            try (GeneratedFrames frames = interpolator.interpolate(0.5)) {
                frames.copyTo(0, target);
            }
            assertThat(bytes(target)).isEqualTo(pair(format, first, second));
        }
    }

    @Test
    void givesTheSameWhetherFeaturesWereKeptOrNot() {
        try (FrameInterpolator kept = new OnnxInterpolator(BLEND, SMALL, 1, 2)) {
            for (int number = 0; number < 4; number++) {
                kept.advance(moving(SMALL, number));
                if (number > 0) {
                    assertThat(between(kept, 0.5)[0])
                            .isEqualTo(pair(SMALL, moving(SMALL, number - 1), moving(SMALL, number)));
                }
            }
        }
    }

    @Test
    void makesSeveralFramesOfAPairAsItMakesEachAlone() {
        for (FilmModel model : List.of(BLEND, PUBLISHED)) {
            try (FrameInterpolator interpolator = new OnnxInterpolator(model, SMALL, 2, 2)) {
                makesTogetherWhatItMakesAlone(interpolator);
            }
        }
        // In bytes, where the processor is made for that.
        EngineRequest shipped = new EngineRequest(SMALL, "film-lite", Backend.CPU, 2, 2, 0);
        try (FrameInterpolator interpolator = new OnnxInterpolatorFactory(FilmModels.ofUser(Map.of())).open(shipped)) {
            makesTogetherWhatItMakesAlone(interpolator);
        }
    }

    private static void makesTogetherWhatItMakesAlone(FrameInterpolator interpolator) {
        interpolator.advance(moving(SMALL, 0));
        interpolator.advance(moving(SMALL, 1));
        byte[][] together = between(interpolator, 0.25, 0.5, 0.75);
        for (int index = 0; index < 3; index++) {
            byte[] alone = between(interpolator, 0.25 * (index + 1))[0];
            assertThat(furthest(together[index], alone)).isLessThanOrEqualTo(1);
        }
        assertThat(furthest(together[0], together[2])).isGreaterThan(10);
    }

    @Test
    void computesInFloatsWhereBytesAreOff() {
        assertThat(Lowerings.int8Wanted(null)).isTrue();
        assertThat(Lowerings.int8Wanted("on")).isTrue();
        assertThat(Lowerings.int8Wanted("off")).isFalse();
        assertThatThrownBy(() -> Lowerings.int8Wanted("none"))
                .isInstanceOf(InterpolationException.class)
                .hasMessage("MIDFRAME_CPU_INT8 is none; it can be on or off");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "64, 64", "65, 64", "427, 240"})
    void takesEverySize(int width, int height) {
        FrameFormat format = format(PixelFormat.I420, width, height);
        assertThat(pair(format, moving(format, 0), moving(format, 1))).hasSize((int) format.packedBytes());
    }

    @Test
    void keepsPairsApartAndInOrderWhenManyAreInFlight() {
        int depth = 4;
        List<byte[]> expected = new ArrayList<>();
        for (int number = 1; number <= 12; number++) {
            expected.add(pair(SMALL, moving(SMALL, number - 1), moving(SMALL, number)));
        }
        List<byte[]> found = new ArrayList<>();
        List<GeneratedFrames> inFlight = new ArrayList<>();
        try (FrameInterpolator interpolator = new OnnxInterpolator(BLEND, SMALL, depth, 3)) {
            interpolator.advance(moving(SMALL, 0));
            for (int number = 1; number <= 12; number++) {
                interpolator.advance(moving(SMALL, number));
                inFlight.add(interpolator.interpolate(0.5));
                if (inFlight.size() == depth || number == 12) {
                    inFlight.forEach(frames -> {
                        found.add(copy(interpolator, frames, 0));
                        frames.close();
                    });
                    inFlight.clear();
                }
            }
        }
        assertThat(found).containsExactlyElementsOf(expected);
    }

    @Test
    void keepsAPairsResultThroughAReset() {
        try (FrameInterpolator interpolator = new OnnxInterpolator(BLEND, SMALL, 2, 1)) {
            interpolator.advance(moving(SMALL, 0));
            interpolator.advance(moving(SMALL, 1));
            try (GeneratedFrames frames = interpolator.interpolate(0.5)) {
                interpolator.reset();
                interpolator.advance(moving(SMALL, 7));
                interpolator.advance(moving(SMALL, 8));
                assertThat(copy(interpolator, frames, 0)).isEqualTo(pair(SMALL, moving(SMALL, 0), moving(SMALL, 1)));
            }
        }
    }

    @Test
    void wantsTwoFramesFirstAndAgainAfterAReset() {
        try (FrameInterpolator interpolator = new OnnxInterpolator(BLEND, SMALL, 1, 1)) {
            interpolator.advance(moving(SMALL, 0));
            assertThatThrownBy(() -> interpolator.interpolate(0.5)).isInstanceOf(IllegalStateException.class);
            interpolator.advance(moving(SMALL, 1));
            interpolator.reset();
            interpolator.advance(moving(SMALL, 2));
            assertThatThrownBy(() -> interpolator.interpolate(0.5)).isInstanceOf(IllegalStateException.class);
            interpolator.advance(moving(SMALL, 3));
            assertThat(between(interpolator, 0.5)).hasNumberOfRows(1);
        }
    }

    @Test
    void refusesTimesOutsideThePair() {
        try (FrameInterpolator interpolator = new OnnxInterpolator(BLEND, SMALL, 1, 1)) {
            interpolator.advance(moving(SMALL, 0));
            interpolator.advance(moving(SMALL, 1));
            for (double[] times : new double[][] {{}, {0}, {1}, {0.5, 1.5}, {Double.NaN}}) {
                assertThatThrownBy(() -> interpolator.interpolate(times)).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void closesWhilePairsAreInFlightAndSaysSoToWhoeverFetchesThem() {
        FrameInterpolator interpolator = new OnnxInterpolator(BLEND, SMALL, 3, 2);
        List<GeneratedFrames> inFlight = new ArrayList<>();
        interpolator.advance(moving(SMALL, 0));
        for (int number = 1; number <= 3; number++) {
            interpolator.advance(moving(SMALL, number));
            inFlight.add(interpolator.interpolate(0.5));
        }
        interpolator.close();
        interpolator.close();
        for (GeneratedFrames frames : inFlight) {
            assertThatThrownBy(() -> copy(interpolator, frames, 0))
                    .isInstanceOf(InterpolationException.class)
                    .hasMessageContaining("closed");
            frames.close();
        }
        assertThatThrownBy(() -> interpolator.advance(moving(SMALL, 4))).isInstanceOf(InterpolationException.class);
    }

    @Test
    void opensWithoutAContextClassLoader() throws InterruptedException {
        List<byte[]> results = new ArrayList<>();
        Thread thread = new Thread(() -> results.add(pair(SMALL, moving(SMALL, 0), moving(SMALL, 1))));
        thread.setContextClassLoader(null);
        thread.start();
        thread.join();
        assertThat(results).hasSize(1);
    }

    @Test
    void saysWhichModelsThereAreWhenOneIsUnknown(@TempDir Path folder) {
        OnnxInterpolatorFactory engine = new OnnxInterpolatorFactory(new FilmModels(folder));
        EngineRequest request = new EngineRequest(SMALL, "film-huge", Backend.CPU, 1, 0, 0);
        assertThatThrownBy(() -> engine.open(request))
                .isInstanceOf(InterpolationException.class)
                .hasMessageContaining("film-huge")
                .hasMessageContaining(folder.toString());
    }

    @ParameterizedTest
    @EnumSource(MotionSize.class)
    void findsMotionAtTheSizeThatIsAskedFor(MotionSize size) {
        byte[] full = pair(SMALL, moving(SMALL, 0), moving(SMALL, 1));
        try (FrameInterpolator film = new OnnxInterpolator(BLEND, Lowerings.floats(), size, SMALL, 1, 1, () -> {})) {
            film.advance(moving(SMALL, 0));
            film.advance(moving(SMALL, 1));
            byte[] found = between(film, 0.5)[0];
            if (size == MotionSize.HALF) {
                assertThat(found).isNotEqualTo(full);
            } else {
                assertThat(found).as("small pictures by themselves, too").isEqualTo(full);
            }
        }
    }

    @Test
    void saysThatAnImportedModelFindsMotionAtFullSizeOnly() {
        assertThatThrownBy(() -> new OnnxInterpolator(
                        TestFrames.PUBLISHED, Lowerings.floats(), MotionSize.HALF, SMALL, 1, 1, () -> {}))
                .isInstanceOf(InterpolationException.class)
                .hasMessageContaining(TestFrames.PUBLISHED.name())
                .hasMessageContaining("motion-size=half");
    }

    @Test
    void clearsTheHeapBehindTheLastStreamAndNotBefore() {
        OnnxInterpolatorFactory engine = new OnnxInterpolatorFactory(new FilmModels(Path.of("none")));
        EngineRequest request = new EngineRequest(SMALL, FilmModels.DEFAULT, Backend.CPU, 1, 1, 0);
        FrameInterpolator one = engine.open(request);
        FrameInterpolator other = engine.open(request);
        long before = wholeCollections();

        one.close();
        assertThat(wholeCollections()).as("while another is at work").isEqualTo(before);

        other.close();
        assertThat(wholeCollections()).isGreaterThan(before);
    }

    private static byte[] pair(FrameFormat format, VideoFrame first, VideoFrame second) {
        try (FrameInterpolator interpolator = new OnnxInterpolator(BLEND, format, 1, 1)) {
            interpolator.advance(first);
            interpolator.advance(second);
            return between(interpolator, 0.5)[0];
        }
    }

    private static FrameFormat format(PixelFormat pixels, int width, int height) {
        return new FrameFormat(pixels, width, height, Colorimetry.BT601_LIMITED);
    }

    /** Collections of the whole heap, which a test of this size has no other reason for. */
    private static long wholeCollections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(collector -> collector.getName().matches(".*(Old|MarkSweep).*"))
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }
}
