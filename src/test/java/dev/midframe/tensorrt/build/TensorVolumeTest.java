package dev.midframe.tensorrt.build;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.film.graph.OnnxGraph;
import dev.midframe.film.graph.Precision;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.network.FilmGraphs;
import dev.midframe.film.network.FilmPart;
import dev.midframe.tensorrt.TensorRtException;
import dev.midframe.video.Colorimetry;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.PixelFormat;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TensorVolumeTest {

    /** FILM's published form with a sixteenth of its channels: 4 features a position of level 0. */
    private static final Path NARROW = Path.of("src/test/resources/film-golden/weights.safetensors");

    @Test
    void aTensorOfTwoToThePowerOf31ElementsIsRefusedInOneLine() {
        // Both directions of both pictures' features: 16 elements a pixel.
        OnnxGraph graph = flow(16384, 8192);

        assertThatThrownBy(() -> TensorVolume.check(graph, "FLOW of film FP16 16384x8192"))
                .isInstanceOf(TensorRtException.class)
                .hasMessage(
                        "FLOW of film FP16 16384x8192 has a tensor of 2,147,483,648 elements, and TensorRT takes at most"
                                + " 2,147,483,647; take smaller frames or a smaller model");
    }

    @Test
    void smallerOnesAreTaken() {
        assertThatCode(() -> TensorVolume.check(flow(16384, 8128), "FLOW")).doesNotThrowAnyException();
    }

    private static OnnxGraph flow(int width, int height) {
        FrameFormat format = new FrameFormat(PixelFormat.NV12, width, height, Colorimetry.BT601_LIMITED);
        return new FilmGraphs(FilmModel.open(NARROW), format, Precision.FP16).build(FilmPart.FLOW);
    }
}
