package dev.midframe.quality.metric;

/**
 * Peak signal-to-noise ratio of one 8-bit picture: 10 log10(255² / MSE) in dB, the mean squared error taken over all
 * samples of all given channels together. As ffmpeg's psnr filter computes {@code psnr_avg} of a frame of equally large
 * planes. A set's PSNR here is the mean of its pictures' values, not the value of the mean error.
 */
public final class Psnr {

    /** What equal pictures count as, in dB, and the most any picture counts: means stay finite. */
    public static final double CEILING = 100;

    private Psnr() {}

    /** PSNR of one channel, 0 to {@link #CEILING} dB. */
    public static double of(byte[] expected, byte[] actual) {
        return decibels(squaredError(expected, actual), expected.length);
    }

    /** PSNR over R, G and B together, 0 to {@link #CEILING} dB. */
    public static double ofRgb(Channels expected, Channels actual) {
        long error = squaredError(expected.red(), actual.red())
                + squaredError(expected.green(), actual.green())
                + squaredError(expected.blue(), actual.blue());
        return decibels(error, 3L * expected.red().length);
    }

    /**
     * PSNR of 8-bit samples, 0 to {@link #CEILING} dB.
     *
     * @param squaredError the sum over all samples
     */
    public static double decibels(double squaredError, long samples) {
        return squaredError == 0 ? CEILING : Math.min(CEILING, 10 * Math.log10(255.0 * 255 * samples / squaredError));
    }

    private static long squaredError(byte[] expected, byte[] actual) {
        if (expected.length != actual.length) {
            throw new IllegalArgumentException(actual.length + " samples against " + expected.length);
        }
        long sum = 0;
        for (int i = 0; i < expected.length; i++) {
            int difference = (expected[i] & 0xff) - (actual[i] & 0xff);
            sum += difference * difference;
        }
        return sum;
    }
}
