package dev.midframe.cli.gpucheck;

import dev.midframe.engine.BuildReport;
import dev.midframe.engine.overlay.OverlayInterpolator;
import dev.midframe.film.graph.Precision;
import dev.midframe.film.model.FilmModels;
import dev.midframe.film.network.FilmPart;
import dev.midframe.interpolation.BuildListener;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.tensorrt.TensorRtInterpolatorFactory;
import dev.midframe.tensorrt.build.BuildSettings;
import dev.midframe.tensorrt.measure.GpuMeasurement;
import dev.midframe.tensorrt.measure.GpuMeter;
import dev.midframe.tensorrt.measure.PartMeasurement;
import dev.midframe.tensorrt.measure.PartMeter;
import dev.midframe.video.VideoFrame;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * TensorRT on one of this machine's GPUs.
 *
 * @param device its number
 * @param settings of the builder
 * @param stopped cancels a build when it says so
 */
record TensorRtUnderTest(
        FilmModels models, int device, Function<Precision, BuildSettings> settings, BooleanSupplier stopped)
        implements GpuUnderTest {

    @Override
    public double matrixProductTflops() {
        return meter(Precision.FP16).matrixProductTflops(device);
    }

    @Override
    public GpuMeasurement measure(
            EngineRequest request, Precision precision, List<VideoFrame> frames, double matrixProductTflops) {
        return meter(precision).measure(request, frames, matrixProductTflops);
    }

    @Override
    public PartMeasurement measurePart(
            EngineRequest request, Precision precision, FilmPart part, double seconds, boolean profile) {
        return new PartMeter(System.getenv(), models, settings.apply(precision), listener())
                .measure(request, part, seconds, profile);
    }

    @Override
    public InterpolatorFactory engines(Precision precision) {
        TensorRtInterpolatorFactory engine =
                new TensorRtInterpolatorFactory(System.getenv(), models, settings.apply(precision));
        return request -> engine.open(request, listener());
    }

    private GpuMeter meter(Precision precision) {
        return new GpuMeter(System.getenv(), models, settings.apply(precision), listener(), OverlayInterpolator::new);
    }

    private BuildListener listener() {
        BuildReport report = BuildReport.onTerminal();
        return new BuildListener() {
            @Override
            public void progress(String what, double fraction) {
                report.progress(what, fraction);
            }

            @Override
            public boolean cancelled() {
                return stopped.getAsBoolean();
            }
        };
    }
}
