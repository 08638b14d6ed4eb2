package dev.midframe.soak;

import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** What good clients saw since the last sample. */
final class Figures {
    private static final long LONGEST_MICROS = 600_000_000;

    private final Recorder gaps = new Recorder(LONGEST_MICROS, 3);
    private final Recorder lateness = new Recorder(LONGEST_MICROS, 3);
    private final LongAdder pictures = new LongAdder();
    private final LongAdder lost = new LongAdder();

    /** @param gapMillis longest; @param lateMillis 99 of 100 came earlier; @param lost connections of good clients that ended */
    record Interval(double gapMillis, double lateMillis, long pictures, long lost) {}

    void gap(long nanos) {
        gaps.recordValue(Math.clamp(nanos / 1000, 0, LONGEST_MICROS));
    }

    void late(long micros) {
        pictures.increment();
        lateness.recordValue(Math.clamp(micros, 0, LONGEST_MICROS));
    }

    void lost() {
        lost.increment();
    }

    Interval next() {
        Histogram gap = gaps.getIntervalHistogram();
        Histogram late = lateness.getIntervalHistogram();
        return new Interval(
                gap.getMaxValue() / 1e3, late.getValueAtPercentile(99) / 1e3, pictures.sumThenReset(), lost.sum());
    }
}
