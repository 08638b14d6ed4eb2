package dev.midframe.element.properties;

import dev.midframe.cadence.CadenceSettings;
import dev.midframe.cadence.CountOrigin;
import dev.midframe.cadence.Duplicates;
import dev.midframe.cadence.OutputRate;
import dev.midframe.cadence.Ratio;
import dev.midframe.cadence.SceneChange;
import dev.midframe.cadence.change.ChangeDetector;
import dev.midframe.element.caps.Fraction;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.interpolation.MotionSize;
import dev.midframe.interpolation.PairsInFlight;
import dev.midframe.video.FrameFormat;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/** What a user sets, by property, from any thread. */
public final class Settings {

    /** A time that does not come. */
    public static final long NEVER = Long.MAX_VALUE;

    static final Fraction DEFAULT_FACTOR = new Fraction(2, 1);
    static final Fraction UNSET = new Fraction(0, 1);

    static final Ratio LEAST_FACTOR = new Ratio(1, 1);
    static final Ratio GREATEST_FACTOR = new Ratio(16, 1);
    static final Ratio GREATEST_RATE = new Ratio(1000, 1);

    volatile Fraction factor = DEFAULT_FACTOR;
    volatile Fraction fps = UNSET;
    volatile String model = "auto";
    volatile Backend backend = Backend.AUTO;
    volatile int depth;
    volatile int threads;
    volatile int device;
    volatile MotionSize motionSize = MotionSize.AUTO;
    public volatile OnOverload onOverload = OnOverload.BLOCK;
    volatile SceneChange sceneChange = SceneChange.REPEAT;
    public volatile double sceneThreshold = ChangeDetector.DEFAULT_SCENE_THRESHOLD;
    volatile Duplicates duplicates = Duplicates.KEEP;
    public volatile String mask = "";
    public volatile long from;
    public volatile long until = NEVER;
    volatile long origin = NEVER;
    volatile long originFrame;
    volatile long maxGapNanos = CadenceSettings.DEFAULT_MAX_GAP_NANOS;

    Fraction factor() {
        return factor;
    }

    /**
     * The rate of the output.
     *
     * @throws InterpolationException when it cannot be one, with what to set
     */
    public OutputRate rate() {
        Fraction rate = fps;
        if (rate.equals(UNSET)) {
            return new OutputRate.Factor(factorRatio());
        }
        // The default says nothing: a pipeline with variables for both may name it.
        if (!factor.equals(DEFAULT_FACTOR)) {
            throw new InterpolationException(
                    "factor=" + factor + " and fps=" + rate + " are mutually exclusive: set only one");
        }
        if (rate.isPositive() && rate.ratio().compareTo(GREATEST_RATE) <= 0) {
            return new OutputRate.FramesPerSecond(rate.ratio());
        }
        throw new InterpolationException("fps=" + rate + " is out of range: above 0, at most 1000, for example fps=60");
    }

    private Ratio factorRatio() {
        Fraction set = factor;
        if (set.isPositive()
                && set.ratio().compareTo(LEAST_FACTOR) >= 0
                && set.ratio().compareTo(GREATEST_FACTOR) <= 0) {
            return set.ratio();
        }
        throw new InterpolationException("factor=" + set + " is out of range: 1 to 16, for example factor=2");
    }

    /** The rules for a stream; live ones are not held up for long runs of repeats. */
    public CadenceSettings cadence(boolean live) {
        CadenceSettings settings = rate() instanceof OutputRate.FramesPerSecond(Ratio value)
                ? CadenceSettings.framesPerSecond(value)
                : CadenceSettings.factor(factorRatio());
        int maxRepeats = live ? CadenceSettings.LIVE_MAX_REPEATS : CadenceSettings.FILE_MAX_REPEATS;
        return settings.with(sceneChange).with(duplicates, maxRepeats).withMaxGap(Math.max(1, maxGapNanos));
    }

    /**
     * Where the count of output frames began; empty where it begins with the stream.
     *
     * @param pts what presentation time a stream time is
     */
    public Optional<CountOrigin> origin(LongUnaryOperator pts) {
        return origin == NEVER ? Optional.empty() : Optional.of(new CountOrigin(pts.applyAsLong(origin), originFrame));
    }

    /** How many real frames back what leaves depends on, at most. */
    long memoryFrames() {
        return FrameInterpolator.MEMORY_FRAMES
                + ChangeDetector.MEMORY
                + CadenceSettings.factor(LEAST_FACTOR)
                        .with(duplicates, CadenceSettings.FILE_MAX_REPEATS)
                        .memoryFrames();
    }

    /** Pairs in flight: the user's number, or what suits the stream. */
    public int depth(boolean live, FrameFormat format) {
        int set = depth;
        return set == 0 ? PairsInFlight.ofMachine(threads).chosen(live, format) : set;
    }

    public EngineRequest request(FrameFormat format, int depth) {
        return new EngineRequest(format, model, backend, depth, threads, device, motionSize);
    }
}
