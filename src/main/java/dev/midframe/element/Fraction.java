package dev.midframe.element;

/** A fraction as a user may write it, not yet checked. */
record Fraction(int numerator, int denominator) {
    @Override
    public String toString() {
        return numerator + "/" + denominator;
    }
}
