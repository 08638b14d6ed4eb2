package dev.midframe.engine.check;

import dev.midframe.film.graph.Precision;
import dev.midframe.film.model.FilmModels;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.BuildListener;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.interpolation.MotionSize;
import dev.midframe.support.AvailableMemory;
import dev.midframe.tensorrt.TensorRtException;
import dev.midframe.tensorrt.TensorRtInterpolator;
import dev.midframe.tensorrt.TensorRtInterpolatorFactory;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens engines on the GPU, and uses none that makes other frames than the CPU in floats. Looked at once after every build; what
 * was found is kept beside the engines.
 */
public final class CheckedGpu implements InterpolatorFactory {

    private static final Logger LOG = LoggerFactory.getLogger(CheckedGpu.class);

    /** Beyond this many multiplications the CPU would be at work for minutes: FILM as published at 1920x1080 takes 3.9e12. */
    private static final double MOST_WORK = 5e12;

    /** What ONNX Runtime holds at a time, in tensors as large as the largest: seen with FILM as published, 3 to 4. */
    private static final int TENSORS = 4;

    /** Opens what is checked. */
    @FunctionalInterface
    public interface Opener {

        /** As {@link TensorRtInterpolatorFactory#open}. */
        TensorRtInterpolator open(EngineRequest request, BuildListener listener);
    }

    private final Opener gpu;
    private final Precision precision;
    private final InterpolatorFactory reference;
    private final FilmModels models;
    private final LongSupplier availableBytes;

    /**
     * @param precision of the engines
     * @param reference makes the frames that they should make
     */
    public CheckedGpu(Opener gpu, Precision precision, InterpolatorFactory reference, FilmModels models) {
        this(gpu, precision, reference, models, AvailableMemory::bytes);
    }

    /** @param availableBytes memory that the CPU can use */
    CheckedGpu(
            Opener gpu,
            Precision precision,
            InterpolatorFactory reference,
            FilmModels models,
            LongSupplier availableBytes) {
        this.gpu = gpu;
        this.precision = precision;
        this.reference = reference;
        this.models = models;
        this.availableBytes = availableBytes;
    }

    @Override
    public FrameInterpolator open(EngineRequest request) {
        return open(request, BuildListener.SILENT);
    }

    /**
     * Opens and, after a build, checks.
     *
     * @throws InterpolationException when the engine does not open, or makes other frames than the CPU
     */
    @Override
    public FrameInterpolator open(EngineRequest request, BuildListener listener) {
        TensorRtInterpolator film = gpu.open(request, listener);
        try {
            film.verdict()
                    .kept()
                    .map(FrameComparison::parse)
                    .ifPresentOrElse(found -> refuseIfWrong(film, found), () -> {
                        if (isCheap(film)) {
                            check(film, request);
                        } else {
                            LOG.warn(
                                    "{} at {} is not checked: the CPU would take too long, or too much memory; gpu-check does it",
                                    film.description(),
                                    request.format());
                        }
                    });
            if (film.verdict().built()) {
                measure(film);
            }
            return film;
        } catch (RuntimeException e) {
            film.close();
            throw e;
        }
    }

    private static void measure(TensorRtInterpolator film) {
        try (TexturedFrames textured = new TexturedFrames(film.format());
                Arena arena = Arena.ofShared()) {
            double rate = PairRate.of(film, textured.frames(), VideoFrame.allocate(film.format(), arena));
            film.verdict()
                    .keepRate(String.format(
                            Locale.ROOT, "%.0f pairs a second: %s at %s", rate, film.description(), film.format()));
        }
        film.reset();
    }

    private boolean isCheap(TensorRtInterpolator film) {
        int width = film.format().width();
        int height = film.format().height();
        return models.find(film.model()).config().work(width, height) <= MOST_WORK
                && film.largestTensor() * Float.BYTES * TENSORS < availableBytes.getAsLong();
    }

    private void check(TensorRtInterpolator film, EngineRequest request) {
        LOG.info("checking {} against the CPU; this is done once after a build", film.description());
        try (TexturedFrames textured = new TexturedFrames(request.format());
                Arena arena = Arena.ofShared()) {
            List<VideoFrame> frames = textured.frames();
            VideoFrame actual = middle(film, frames, arena);
            FrameComparison found = FrameComparison.between(expected(film, request, frames, arena), actual);
            film.verdict().keep(found.toText());
            refuseIfWrong(film, found);
            LOG.info("{}: PSNR against the CPU in floats {}", film.description(), decibels(found.decibels()));
        } catch (ReferenceException e) {
            LOG.warn("{} is not checked: {}", film.description(), e.getMessage());
        }
        film.reset();
    }

    private void refuseIfWrong(TensorRtInterpolator film, FrameComparison found) {
        if (!found.closeEnough(precision)) {
            throw new TensorRtException(film.description() + " makes other frames than the CPU (PSNR "
                    + decibels(found.decibels()) + ", corners " + decibels(found.cornerDecibels())
                    + ", worst block " + decibels(found.blockDecibels()) + "; more than "
                    + decibels(FrameComparison.limit(precision)) + " is needed) and is not used: try another TensorRT,"
                    + (precision == Precision.FP32 ? "" : " MIDFRAME_TENSORRT_PRECISION=fp32,")
                    + " or another driver");
        }
    }

    private static VideoFrame middle(TensorRtInterpolator film, List<VideoFrame> frames, Arena arena) {
        VideoFrame target = VideoFrame.allocate(film.format(), arena);
        film.advance(frames.get(0));
        film.advance(frames.get(1));
        try (GeneratedFrames pair = film.interpolate(0.5)) {
            pair.copyTo(0, target);
        }
        return target;
    }

    private VideoFrame expected(
            TensorRtInterpolator film, EngineRequest request, List<VideoFrame> frames, Arena arena) {
        MotionSize size = request.motionSize() == MotionSize.AUTO ? MotionSize.FULL : request.motionSize();
        try {
            return FrameComparison.middle(
                    reference,
                    new EngineRequest(request.format(), film.model(), Backend.CPU, 1, 0, 0, size),
                    frames,
                    arena);
        } catch (InterpolationException e) {
            throw new ReferenceException("the CPU cannot make the frame (" + e.getMessage() + ")", e);
        } catch (OutOfMemoryError e) {
            throw new ReferenceException("this machine has too little memory for the CPU's frame", e);
        }
    }

    private static String decibels(double value) {
        return String.format(Locale.ROOT, "%.1f dB", value);
    }

    /** Nothing is known of the GPU. */
    private static final class ReferenceException extends RuntimeException {
        private static final long serialVersionUID = 1;

        ReferenceException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
