package dev.midframe.element;

import dev.midframe.cadence.Ratio;

/** A fraction as a user may write it, not yet checked. */
record Fraction(int numerator, int denominator) {

    boolean isPositive() {
        return numerator > 0 && denominator > 0;
    }

    /** A positive fraction in lowest terms. */
    Ratio ratio() {
        return new Ratio(numerator, denominator);
    }

    @Override
    public String toString() {
        return numerator + "/" + denominator;
    }
}
