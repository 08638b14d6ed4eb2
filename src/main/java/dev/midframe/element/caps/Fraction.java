package dev.midframe.element.caps;

import dev.midframe.cadence.Ratio;

/** A fraction as a user may write it, not yet checked. */
public record Fraction(int numerator, int denominator) {

    public boolean isPositive() {
        return numerator > 0 && denominator > 0;
    }

    /** A positive fraction in lowest terms. */
    public Ratio ratio() {
        return new Ratio(numerator, denominator);
    }

    @Override
    public String toString() {
        return numerator + "/" + denominator;
    }
}
