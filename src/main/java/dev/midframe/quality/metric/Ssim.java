package dev.midframe.quality.metric;

/**
 * Structural similarity of one 8-bit channel as ffmpeg's ssim filter computes it: windows of 8x8 samples, every fourth
 * sample both ways, all of equal weight, without a Gaussian; the mean over all windows. K1 = 0.01 and K2 = 0.03 as in Wang
 * et al., "Image Quality Assessment: From Error Visibility to Structural Similarity", 2004, but C1 enters sums over a
 * window only 64-fold where the formula over means asks for 64²: the filter's own choice, kept for equal figures. Rows and
 * columns beyond a multiple of four do not count.
 */
public final class Ssim {

    private static final int BLOCK = 4;
    private static final int SAMPLES = 64;
    private static final long C1 = Math.round(0.01 * 0.01 * 255 * 255 * SAMPLES);

    private static final long C2 = Math.round(0.03 * 0.03 * 255 * 255 * SAMPLES * (SAMPLES - 1));

    private Ssim() {}

    /** Mean SSIM over R, G and B, each of equal weight, -1 to 1. */
    public static double ofRgb(Channels expected, Channels actual) {
        int width = expected.width();
        int height = expected.height();
        return (of(expected.red(), actual.red(), width, height)
                        + of(expected.green(), actual.green(), width, height)
                        + of(expected.blue(), actual.blue(), width, height))
                / 3;
    }

    /**
     * SSIM of one channel, -1 to 1.
     *
     * @throws IllegalArgumentException for pictures smaller than one window, 8x8
     */
    public static double of(byte[] expected, byte[] actual, int width, int height) {
        if (width < 2 * BLOCK || height < 2 * BLOCK) {
            throw new IllegalArgumentException("SSIM needs pictures of 8x8 or more, not " + width + "x" + height);
        }
        int columns = width / BLOCK;
        int rows = height / BLOCK;
        Sums above = new Sums(columns);
        Sums below = new Sums(columns);
        above.take(expected, actual, width, 0);
        double total = 0;
        for (int row = 1; row < rows; row++) {
            below.take(expected, actual, width, row);
            for (int column = 0; column + 1 < columns; column++) {
                total += window(above, below, column);
            }
            Sums next = above;
            above = below;
            below = next;
        }
        return total / ((long) (rows - 1) * (columns - 1));
    }

    private static double window(Sums above, Sums below, int column) {
        long a = four(above.expected, below.expected, column);
        long b = four(above.actual, below.actual, column);
        long squares = four(above.squares, below.squares, column);
        long products = four(above.products, below.products, column);
        long variances = SAMPLES * squares - a * a - b * b;
        long covariance = SAMPLES * products - a * b;
        return (double) (2 * a * b + C1) * (2 * covariance + C2) / ((double) (a * a + b * b + C1) * (variances + C2));
    }

    private static long four(int[] above, int[] below, int column) {
        return (long) above[column] + above[column + 1] + below[column] + below[column + 1];
    }

    /** Sums over one row of 4x4 blocks. */
    private static final class Sums {
        final int[] expected;
        final int[] actual;
        final int[] squares;
        final int[] products;

        Sums(int columns) {
            expected = new int[columns];
            actual = new int[columns];
            squares = new int[columns];
            products = new int[columns];
        }

        void take(byte[] expectedSamples, byte[] actualSamples, int width, int row) {
            for (int column = 0; column < expected.length; column++) {
                int sumA = 0;
                int sumB = 0;
                int sumSquares = 0;
                int sumProducts = 0;
                for (int y = 0; y < BLOCK; y++) {
                    int start = (row * BLOCK + y) * width + column * BLOCK;
                    for (int i = start; i < start + BLOCK; i++) {
                        int a = expectedSamples[i] & 0xff;
                        int b = actualSamples[i] & 0xff;
                        sumA += a;
                        sumB += b;
                        sumSquares += a * a + b * b;
                        sumProducts += a * b;
                    }
                }
                expected[column] = sumA;
                actual[column] = sumB;
                squares[column] = sumSquares;
                products[column] = sumProducts;
            }
        }
    }
}
