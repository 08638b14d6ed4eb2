package dev.midframe.element;

import dev.midframe.cadence.Ratio;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameFormat;
import dev.midframe.interpolation.InterpolationException;

/** What a user sets, by property, from any thread. */
final class Settings {

    static final Fraction DEFAULT_FACTOR = new Fraction(2, 1);

    private static final Ratio LEAST_FACTOR = new Ratio(1, 1);
    private static final Ratio GREATEST_FACTOR = new Ratio(16, 1);

    volatile Fraction factor = DEFAULT_FACTOR;
    volatile String model = "auto";
    volatile Backend backend = Backend.AUTO;
    volatile int depth = 2;
    volatile int threads;
    volatile int device;

    /** @throws InterpolationException when it is out of range */
    Ratio checkedFactor() {
        Fraction set = factor;
        if (set.numerator() > 0 && set.denominator() > 0) {
            Ratio ratio = new Ratio(set.numerator(), set.denominator());
            if (ratio.compareTo(LEAST_FACTOR) >= 0 && ratio.compareTo(GREATEST_FACTOR) <= 0) {
                return ratio;
            }
        }
        throw new InterpolationException("factor=" + set + " is not in 1 to 16: set, for example, factor=2");
    }

    EngineRequest request(FrameFormat format) {
        return new EngineRequest(format, model, backend, depth, threads, device);
    }
}
