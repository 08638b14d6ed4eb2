package dev.midframe.element;

import dev.midframe.cadence.Cadence;
import dev.midframe.cadence.Output;
import dev.midframe.cadence.RealFrame;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Between two real frames {@code factor - 1} at equal distances. */
final class WholeFactorCadence implements Cadence {

    private final int factor;
    private @Nullable RealFrame held;

    WholeFactorCadence(int factor) {
        this.factor = factor;
    }

    @Override
    public void offer(RealFrame frame, Consumer<Output> output) {
        RealFrame from = held;
        held = frame;
        if (from == null) {
            return;
        }
        long distance = frame.ptsNanos() - from.ptsNanos();
        for (int i = 0; i < factor; i++) {
            long pts = from.ptsNanos() + distance * i / factor;
            long duration = from.ptsNanos() + distance * (i + 1) / factor - pts;
            output.accept(
                    i == 0
                            ? new Output.Real(from.sequence(), pts, duration)
                            : new Output.Generated(
                                    from.sequence(), frame.sequence(), (double) i / factor, pts, duration));
        }
    }

    @Override
    public void drain(Consumer<Output> output) {
        RealFrame last = held;
        held = null;
        if (last != null) {
            output.accept(new Output.Real(last.sequence(), last.ptsNanos(), last.durationNanos()));
        }
    }

    @Override
    public void flush() {
        held = null;
    }

    @Override
    public long oldestNeeded() {
        return held == null ? Long.MAX_VALUE : held.sequence();
    }

    @Override
    public long latencyNanos(long frameDurationNanos) {
        return frameDurationNanos;
    }
}
