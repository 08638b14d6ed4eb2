package dev.midframe.quality.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.midframe.interpolation.Backend;
import dev.midframe.quality.Evaluation;
import dev.midframe.quality.EvaluationException;
import dev.midframe.quality.EvaluationResult;
import dev.midframe.quality.FrameSequence;
import dev.midframe.quality.Progress;
import dev.midframe.quality.SequenceResult;
import dev.midframe.quality.material.Sequence;
import dev.midframe.quality.method.Blending;
import dev.midframe.quality.method.Method;
import dev.midframe.quality.method.Minterpolate;
import dev.midframe.quality.method.ModelMethod;
import dev.midframe.quality.method.Repeating;
import dev.midframe.quality.metric.Score;
import dev.midframe.testkit.AveragingInterpolator;
import dev.midframe.testkit.Pictures;
import dev.midframe.video.VideoFrame;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StillMakerTest {

    private static final Progress SILENT = new Progress() {
        @Override
        public void sequence(String name, int number, int of) {}

        @Override
        public void picture(long done, long expected) {}
    };

    /** Picture n scores n dB by the first method, and the better the worse by another. */
    @ParameterizedTest
    @CsvSource({"1, 0", "4, 0", "8, 0", "9, 1", "20, 2", "60, 7", "1000, 124"})
    void theMedianOfTheLowestQuarterIsShown(int pictures, int shown) {
        List<SequenceResult.Picture> shuffled = IntStream.range(0, pictures)
                .map(i -> pictures - 1 - i)
                .mapToObj(n -> new SequenceResult.Picture(n, 0.5, Map.of("first", score(n), "blend", score(-n))))
                .toList();

        assertThat(StillMaker.hard(shuffled, "first").index()).isEqualTo(shown);
    }

    @Test
    void theRealFrameStandsBesideTheFirstMethodsAndBlendings() {
        Sequence brightening = FrameSequence.of("brightening", 5, position -> grey(640, 360, 100 + 10 * position));
        var engine = new ModelMethod(AveragingInterpolator.brighterBy(40), "auto", Backend.CPU);

        Still still = made(List.of(engine, new Repeating(), new Blending()), brightening);

        assertThat(still.panels())
                .extracting(
                        Still.Panel::name,
                        Still.Panel::facts,
                        panel -> panel.picture().red()[0] & 0xff)
                .containsExactly(
                        tuple("real", "frame 1, part at 0,0 of 640×360", 110),
                        tuple("midframe", "16.09 dB, this part 16.09", 150),
                        tuple("blend", "100.00 dB, this part 100.00", 110));
    }

    @Test
    void whatMinterpolateMadeIsShownAsItWasMeasured() {
        Minterpolate minterpolate = Minterpolate.installed().orElse(null);
        assumeTrue(minterpolate != null, "ffmpeg is not installed: nothing to show");
        Sequence pan = FrameSequence.of("pan", 33, position -> texture(position * position / 12.0));
        List<Method> methods = List.of(new Repeating(), new Blending(), minterpolate);

        try (Evaluation evaluation = new Evaluation(methods)) {
            SequenceResult result =
                    evaluation.run("pan", List.of(pan), SILENT).sequences().getFirst();
            Still still = new StillMaker(methods).of(pan, result);

            SequenceResult.Picture picture = StillMaker.hard(result.pictures(), "repeat");
            assertThat(still.panels()).extracting(Still.Panel::name).containsExactly("real", "repeat", "minterpolate");
            assertThat(still.panels().get(0).facts()).isEqualTo("frame " + picture.index());
            for (Still.Panel panel : still.panels().subList(1, 3)) {
                double measured = picture.scores().get(panel.name()).psnrRgb();
                assertThat(panel.facts()).isEqualTo(Figures.decibels(measured) + " dB");
            }
        }
    }

    @Test
    void aSequenceThatIsShorterTheSecondTimeIsTold() {
        Sequence whole = FrameSequence.of("pan", 33, position -> texture(-position * position / 12.0));
        List<Method> methods = List.of(new Blending());

        try (Evaluation evaluation = new Evaluation(methods)) {
            SequenceResult result =
                    evaluation.run("pan", List.of(whole), SILENT).sequences().getFirst();

            assertThatThrownBy(() -> new StillMaker(methods).of(whole.limitedTo(2), result))
                    .isInstanceOf(EvaluationException.class)
                    .hasMessageMatching("pan ended before its frame \\d+ when read again");
        }
    }

    private static Still made(List<Method> methods, Sequence sequence) {
        try (Evaluation evaluation = new Evaluation(methods)) {
            EvaluationResult result = evaluation.run("clips", List.of(sequence), SILENT);
            return new StillMaker(methods).of(sequence, result.sequences().getFirst());
        }
    }

    private static Score score(double decibels) {
        return new Score(decibels, decibels, 0.9, 0.9, 100, 100);
    }

    private static VideoFrame grey(int width, int height, int value) {
        byte[] bytes = new byte[3 * width * height];
        Arrays.fill(bytes, (byte) value);
        return Pictures.frame(Pictures.rgb(width, height), bytes);
    }

    private static VideoFrame texture(double shift) {
        byte[] samples = Pictures.texture(160, 96, shift, 0);
        byte[] bytes = new byte[3 * samples.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = samples[i / 3];
        }
        return Pictures.frame(Pictures.rgb(160, 96), bytes);
    }
}
