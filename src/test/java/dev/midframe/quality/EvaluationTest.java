package dev.midframe.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.quality.material.Sequence;
import dev.midframe.quality.material.TripletFolder;
import dev.midframe.quality.method.Blending;
import dev.midframe.quality.method.Repeating;
import dev.midframe.quality.metric.Psnr;
import dev.midframe.quality.metric.Summary;
import dev.midframe.testkit.AveragingInterpolator;
import dev.midframe.testkit.Footage;
import dev.midframe.testkit.Pictures;
import dev.midframe.video.VideoFrame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    private static final Progress SILENT = new Progress() {
        @Override
        public void sequence(String name, int number, int of) {}

        @Override
        public void picture(long done, long expected) {}
    };

    @Test
    void anAveragingEngineScoresAsBlending() {
        SequenceResult pan = evaluate(AveragingInterpolator.brighterBy(0), pan(41))
                .sequences()
                .getFirst();

        assertThat(pan.pictures()).hasSize(20);
        assertThat(pan.pictures())
                .allSatisfy(picture -> assertThat(picture.scores().get("midframe"))
                        .isEqualTo(picture.scores().get("blend")));
        assertThat(summary(pan.methods(), "midframe").stillness()).isZero();
        assertThat(summary(pan.methods(), "blend").stillness()).isNull();
        assertThat(summary(pan.methods(), "blend").psnrRgb().mean())
                .isGreaterThan(summary(pan.methods(), "repeat").psnrRgb().mean());
    }

    @Test
    void aBrighterEngineIsFoundOut() {
        EvaluationResult result = evaluate(AveragingInterpolator.brighterBy(3), pan(3));

        Summary midframe = summary(result.overall(), "midframe");
        Summary blend = summary(result.overall(), "blend");
        assertThat(midframe.stillness()).isEqualTo(3);
        assertThat(midframe.brightness() - blend.brightness()).isCloseTo(3 / 128.0, within(0.002));
        assertThat(blend.brightness()).isCloseTo(0, within(0.005));
    }

    @Test
    void everySequenceWeighsTheSameAndTheWorstPictureIsOfAll() {
        EvaluationResult result = evaluate(AveragingInterpolator.brighterBy(0), pan(3), still(21));

        Summary all = summary(result.overall(), "midframe");
        Summary moving = summary(result.sequences().get(0).methods(), "midframe");
        Summary still = summary(result.sequences().get(1).methods(), "midframe");
        assertThat(still.psnrRgb().mean()).isEqualTo(Psnr.CEILING);
        assertThat(all.psnrRgb().mean()).isCloseTo((moving.psnrRgb().mean() + Psnr.CEILING) / 2, within(1e-9));
        assertThat(all.psnrRgb().worst()).isEqualTo(moving.psnrRgb().worst());
        assertThat(all.pictures()).isEqualTo(11);
    }

    @Test
    void aSequenceThatFailsIsToldAndTheOthersAreMeasured() {
        Sequence broken = FrameSequence.of("broken", 3, position -> {
            throw new EvaluationException("broken cannot be read");
        });

        EvaluationResult result = evaluate(AveragingInterpolator.brighterBy(0), broken, pan(3));

        assertThat(result.failures()).containsExactly("broken cannot be read");
        assertThat(result.sequences()).hasSize(1);
        assertThatThrownBy(() -> evaluate(AveragingInterpolator.brighterBy(0), broken))
                .isInstanceOf(EvaluationException.class)
                .hasMessage("broken cannot be read");
    }

    @Test
    void withoutAnEngineNothingIsMeasured() {
        InterpolatorFactory none = request -> {
            throw new InterpolationException("no model " + request.model());
        };

        assertThatThrownBy(() -> evaluate(none, pan(3)))
                .isInstanceOf(InterpolationException.class)
                .hasMessage("no model auto");
    }

    @Test
    void progressCountsSequencesAndPictures() {
        List<String> reported = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void sequence(String name, int number, int of) {
                reported.add(name + " " + number + "/" + of);
            }

            @Override
            public void picture(long done, long expected) {
                reported.add(done + "/" + expected);
            }
        };

        try (Evaluation evaluation =
                new Evaluation(AveragingInterpolator.brighterBy(0), List.of("auto"), Backend.CPU)) {
            evaluation.run("pans", List.of(pan(5), still(3)), progress);
        }

        assertThat(reported).containsExactly("pan 1/2", "1/2", "2/2", "still 2/2", "1/1");
    }

    @Test
    void blendingAndRepeatingReachTheirKnownFiguresOnMiddlebury() {
        List<Sequence> triplets = new TripletFolder(Footage.folder("triplets/middlebury_others")).sequences();

        try (Evaluation evaluation = new Evaluation(List.of(new Blending(), new Repeating()))) {
            EvaluationResult result = evaluation.run("triplets", triplets, SILENT);

            assertThat(result.sequences()).hasSize(12);
            assertThat(summary(result.overall(), "blend").psnrRgb().mean()).isCloseTo(28.0, within(0.05));
            assertThat(summary(result.overall(), "repeat").psnrRgb().mean()).isCloseTo(24.8, within(0.05));
        }
    }

    private static EvaluationResult evaluate(InterpolatorFactory engines, Sequence... sequences) {
        try (Evaluation evaluation = new Evaluation(engines, List.of("auto"), Backend.CPU)) {
            return evaluation.run("pans", List.of(sequences), SILENT);
        }
    }

    private static Summary summary(List<Summary> summaries, String method) {
        return summaries.stream()
                .filter(summary -> summary.method().equals(method))
                .findFirst()
                .orElseThrow();
    }

    private static Sequence pan(int frames) {
        return FrameSequence.of("pan", frames, position -> grey(3 * position));
    }

    private static Sequence still(int frames) {
        return FrameSequence.of("still", frames, position -> grey(0));
    }

    private static VideoFrame grey(int shift) {
        byte[] bytes = new byte[3 * 64 * 48];
        byte[] samples = Pictures.texture(64, 48, shift, 0);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = samples[i / 3];
        }
        return Pictures.frame(Pictures.rgb(64, 48), bytes);
    }
}
