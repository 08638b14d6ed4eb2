package dev.midframe.server.metrics;

import dev.midframe.interpolation.FrameKind;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Counts what one stream does, for the metrics and for the live figures. Every method may be called in any thread. */
public final class StreamMeter {
    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(1);

    private final String stream;
    private final ServerMetrics metrics;
    private final LongAdder in = new LongAdder();
    private final LongAdder out = new LongAdder();
    private final LongAdder generated = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder pictures = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder restarts = new LongAdder();
    private final Recorder latencyMicros = new Recorder(LONGEST_MICROS, 2);

    private long lastNanos;
    private Totals last = new Totals(0, 0, 0, 0, 0, 0);
    private Histogram interval = latencyMicros.getIntervalHistogram();
    private Figures figures = Figures.NONE;

    private record Totals(long in, long out, long generated, long skipped, long pictures, long bytes) {}

    /**
     * The last interval's rates and the totals since the server's start.
     *
     * @param fpsIn real frames a second into the interpolation
     * @param fpsOut frames a second out of it
     * @param pictures encoded pictures a second
     * @param kilobits of encoded video a second
     * @param generated total
     * @param skipped total
     * @param latencyP50 milliseconds, of the interval
     * @param latencyP99 milliseconds, of the interval
     * @param restarts total
     */
    public record Figures(
            double fpsIn,
            double fpsOut,
            double pictures,
            double kilobits,
            long generated,
            long skipped,
            double latencyP50,
            double latencyP99,
            long restarts) {
        static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    public StreamMeter(String stream, ServerMetrics metrics, long nowNanos) {
        this.stream = stream;
        this.metrics = metrics;
        this.lastNanos = nowNanos;
    }

    public void frame(FrameKind kind, long latencyNanos) {
        if (kind.leftOut()) {
            skipped.increment();
            metrics.framesSkipped.labelValues(stream, reason(kind)).inc();
            return;
        }
        if (kind == FrameKind.REAL) {
            in.increment();
            metrics.framesIn.labelValues(stream).inc();
        } else {
            generated.increment();
        }
        out.increment();
        metrics.framesOut
                .labelValues(stream, kind.name().toLowerCase(java.util.Locale.ROOT))
                .inc();
        latencyMicros.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(latencyNanos), 0, LONGEST_MICROS));
        metrics.pairLatency.labelValues(stream).observe(latencyNanos / 1e9);
    }

    private static String reason(FrameKind leftOut) {
        return switch (leftOut) {
            case LATE -> "late";
            case NO_ENGINE -> "no-engine";
            default -> "overload";
        };
    }

    public void picture(int size) {
        pictures.increment();
        bytes.add(size);
        metrics.pictures.labelValues(stream).inc();
    }

    public void restarted(String reason) {
        restarts.increment();
        metrics.restarts.labelValues(stream, reason).inc();
    }

    /** Ends an interval. Called about once a second. */
    public synchronized void tick(long nowNanos) {
        double seconds = Math.max(1e-3, (nowNanos - lastNanos) / 1e9);
        Totals now = new Totals(in.sum(), out.sum(), generated.sum(), skipped.sum(), pictures.sum(), bytes.sum());
        interval = latencyMicros.getIntervalHistogram(interval);
        figures = new Figures(
                (now.in - last.in) / seconds,
                (now.out - last.out) / seconds,
                (now.pictures - last.pictures) / seconds,
                (now.bytes - last.bytes) * 8 / 1e3 / seconds,
                now.generated,
                now.skipped,
                interval.getValueAtPercentile(50) / 1e3,
                interval.getValueAtPercentile(99) / 1e3,
                restarts.sum());
        last = now;
        lastNanos = nowNanos;
    }

    public synchronized Figures figures() {
        return figures;
    }
}
