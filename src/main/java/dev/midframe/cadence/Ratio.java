package dev.midframe.cadence;

/**
 * A positive fraction in lowest terms: a factor or a frame rate.
 *
 * @param numerator 1 or more
 * @param denominator 1 or more
 */
public record Ratio(int numerator, int denominator) implements Comparable<Ratio> {

    public Ratio {
        if (numerator < 1 || denominator < 1) {
            throw new IllegalArgumentException("the fraction " + numerator + "/" + denominator + " is not positive");
        }
        int divisor = gcd(numerator, denominator);
        numerator /= divisor;
        denominator /= divisor;
    }

    /** Exact product. */
    public Ratio times(Ratio other) {
        long n = (long) numerator * other.numerator;
        long d = (long) denominator * other.denominator;
        long divisor = gcd(n, d);
        return new Ratio(Math.toIntExact(n / divisor), Math.toIntExact(d / divisor));
    }

    /** Whether this is a whole number. */
    public boolean isWhole() {
        return denominator == 1;
    }

    @Override
    public int compareTo(Ratio other) {
        return Long.compare((long) numerator * other.denominator, (long) other.numerator * denominator);
    }

    @Override
    public String toString() {
        return denominator == 1 ? Integer.toString(numerator) : numerator + "/" + denominator;
    }

    private static int gcd(int a, int b) {
        return (int) gcd((long) a, (long) b);
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
