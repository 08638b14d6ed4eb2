package dev.midframe.container;

/**
 * A time base in seconds, a rate a second or an aspect ratio; 0/1 where it is unknown.
 *
 * @param numerator 0 or more
 * @param denominator 1 or more
 */
public record Rational(int numerator, int denominator) {

    public static final Rational UNKNOWN = new Rational(0, 1);

    private static final long NANOS = 1_000_000_000;

    /** As libavformat has it, whose unknown values may be 0/0. */
    static Rational of(int numerator, int denominator) {
        return denominator <= 0 || numerator < 0 ? UNKNOWN : new Rational(numerator, denominator);
    }

    public boolean isKnown() {
        return numerator > 0;
    }

    public double value() {
        return (double) numerator / denominator;
    }

    /** So many ticks of this time base in nanoseconds. */
    long toNanos(long ticks) {
        long whole = Math.floorDiv(ticks, denominator);
        long rest = Math.floorMod(ticks, denominator);
        return whole * NANOS * numerator + Math.round((double) rest * NANOS * numerator / denominator);
    }

    /** The tick of this time base that is nearest to a time in nanoseconds. */
    long fromNanos(long nanos) {
        long whole = Math.floorDiv(nanos, NANOS);
        long rest = Math.floorMod(nanos, NANOS);
        return Math.floorDiv(whole * denominator, numerator)
                + Math.round((Math.floorMod(whole * denominator, numerator) + (double) rest * denominator / NANOS)
                        / numerator);
    }

    @Override
    public String toString() {
        return numerator + "/" + denominator;
    }
}
