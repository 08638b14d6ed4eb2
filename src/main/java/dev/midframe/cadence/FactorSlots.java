package dev.midframe.cadence;

import org.jspecify.annotations.Nullable;

/** Slots at every multiple of {@code 1 / factor} source positions. All arithmetic is exact. */
final class FactorSlots implements Slots {
    private final int unitsPerInterval;
    private final int unitsPerSlot;
    private long from;
    private long to;
    private long nextUnit;
    private long unit;
    private @Nullable CountOrigin origin;

    FactorSlots(Ratio factor) {
        unitsPerInterval = factor.numerator();
        unitsPerSlot = factor.denominator();
    }

    @Override
    public void start(long ptsNanos) {
        nextUnit = 0;
        to = ptsNanos;
    }

    @Override
    public void resume(long ptsNanos) {
        start(ptsNanos);
    }

    @Override
    public void continueFrom(CountOrigin other) {
        origin = other;
    }

    @Override
    public void forget() {
        origin = null;
    }

    @Override
    public void enter(long fromNanos, long toNanos) {
        from = fromNanos;
        to = toNanos;
        if (origin != null && fromNanos >= origin.ptsNanos()) {
            nextUnit = Math.floorMod(-origin.frame() % unitsPerSlot * unitsPerInterval, unitsPerSlot);
            origin = null;
        }
    }

    @Override
    public boolean next() {
        if (nextUnit >= unitsPerInterval) {
            nextUnit -= unitsPerInterval;
            return false;
        }
        unit = nextUnit;
        nextUnit += unitsPerSlot;
        return true;
    }

    @Override
    public long ptsNanos() {
        return from + scale(to - from, unit);
    }

    @Override
    public boolean isReal() {
        return unit == 0;
    }

    @Override
    public double fraction() {
        return (double) unit / unitsPerInterval;
    }

    @Override
    public long tolerance() {
        return OutputRate.tolerance(scale(to - from, unitsPerSlot));
    }

    @Override
    public long following(long intervalNanos) {
        long intervals = nextUnit / unitsPerInterval;
        return to + intervals * intervalNanos + scale(intervalNanos, nextUnit % unitsPerInterval);
    }

    @Override
    public boolean fillsLastFrame() {
        return false;
    }

    /** nanos * units / unitsPerInterval, rounded down, without overflow: the quotient and the remainder go separately. */
    private long scale(long nanos, long units) {
        return nanos / unitsPerInterval * units + nanos % unitsPerInterval * units / unitsPerInterval;
    }
}
