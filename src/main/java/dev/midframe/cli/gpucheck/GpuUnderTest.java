package dev.midframe.cli.gpucheck;

import dev.midframe.film.graph.Precision;
import dev.midframe.film.network.FilmPart;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.tensorrt.measure.GpuMeasurement;
import dev.midframe.tensorrt.measure.PartMeasurement;
import dev.midframe.video.VideoFrame;
import java.util.List;

/** What {@code gpu-check} checks and measures. */
interface GpuUnderTest {

    /**
     * Its speed in a large half-precision matrix product, in 10^12 operations a second.
     *
     * @throws InterpolationException when that cannot be measured
     */
    double matrixProductTflops();

    /**
     * Opens an engine and measures it.
     *
     * @param frames two or more, taken in turn
     * @param matrixProductTflops what the engine's speed is held against
     * @throws InterpolationException when it does not open or does not work
     */
    GpuMeasurement measure(
            EngineRequest request, Precision precision, List<VideoFrame> frames, double matrixProductTflops);

    /**
     * Measures one of an engine's parts alone.
     *
     * @param seconds how long
     * @param profile whether its layers are timed, too
     * @throws InterpolationException when it does not open or does not run
     */
    PartMeasurement measurePart(
            EngineRequest request, Precision precision, FilmPart part, double seconds, boolean profile);

    /** Opens engines whose pictures are compared. */
    InterpolatorFactory engines(Precision precision);
}
