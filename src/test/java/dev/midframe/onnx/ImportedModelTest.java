package dev.midframe.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.film.importer.ModelImport;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.FilmModels;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An imported model is opened by its name and used like any other: odd sizes, kept features, several times of a pair. */
class ImportedModelTest {

    private static final FrameFormat FORMAT = new FrameFormat(PixelFormat.I420, 101, 67, Colorimetry.BT601_LIMITED);

    @TempDir
    private Path folder;

    private FilmModels models;

    @BeforeEach
    void putModelsIntoAFolderOfTheirOwn() {
        models = new FilmModels(folder);
    }

    @Test
    void anImportedArchiveGivesTheFramesOfItsWeights() {
        FilmModel imported = imported("state_dict_views.pt");

        assertThat(frames(new OnnxInterpolatorFactory(models), imported.name()))
                .isDeepEqualTo(frames(
                        request -> new OnnxInterpolator(TestFrames.PUBLISHED, request.format(), request.depth(), 1),
                        "golden"));
    }

    @Test
    void halfPrecisionGivesNearlyTheSameFrames() {
        byte[][] exact = frames(
                new OnnxInterpolatorFactory(models), imported("film_fp32.pt").name());
        byte[][] half = frames(
                new OnnxInterpolatorFactory(models), imported("film_fp16.pt").name());

        for (int frame = 0; frame < exact.length; frame++) {
            for (int index = 0; index < exact[frame].length; index++) {
                assertThat(Math.abs(Byte.toUnsignedInt(half[frame][index]) - Byte.toUnsignedInt(exact[frame][index])))
                        .isLessThanOrEqualTo(2);
            }
        }
    }

    private FilmModel imported(String archive) {
        String name = archive.replace(".pt", "");
        return new ModelImport(models).run(Path.of("src/test/resources/import", archive), name);
    }

    /** Three frames between each two of three frames. */
    private static byte[][] frames(InterpolatorFactory engine, String model) {
        byte[][] frames = new byte[6][];
        try (FrameInterpolator interpolator = engine.open(new EngineRequest(FORMAT, model, Backend.CPU, 1, 1, 0))) {
            for (int number = 0; number < 3; number++) {
                interpolator.advance(TestFrames.moving(FORMAT, number));
                if (number > 0) {
                    System.arraycopy(TestFrames.between(interpolator, 0.25, 0.5, 0.75), 0, frames, 3 * (number - 1), 3);
                }
            }
        }
        return frames;
    }
}
