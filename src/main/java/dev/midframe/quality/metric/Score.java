package dev.midframe.quality.metric;

/**
 * One made picture measured against the real one.
 *
 * @param psnrRgb dB, see {@link Psnr}
 * @param psnrY dB
 * @param ssimRgb -1 to 1, see {@link Ssim}
 * @param ssimY -1 to 1
 * @param luma mean luma code value of the made picture
 * @param neighboursLuma mean luma code value of its two neighbours
 */
public record Score(double psnrRgb, double psnrY, double ssimRgb, double ssimY, double luma, double neighboursLuma) {

    public static Score of(Channels expected, Channels actual, double neighboursLuma) {
        return new Score(
                Psnr.ofRgb(expected, actual),
                Psnr.of(expected.luma(), actual.luma()),
                Ssim.ofRgb(expected, actual),
                Ssim.of(expected.luma(), actual.luma(), expected.width(), expected.height()),
                actual.meanLuma(),
                neighboursLuma);
    }
}
