package dev.midframe.quality.metric;

import java.util.stream.IntStream;

/**
 * Two methods compared on the same things, by the PSNR over R, G and B that each has as its mean.
 *
 * @param method the one that is compared
 * @param baseline what with
 * @param unit of what each counts once: "sequence" or "group"
 * @param better on how many the method is better
 * @param worse on how many it is worse
 * @param gain its mean lead in dB over all of them; negative where it is behind
 * @param gainWhereBetter its mean lead in dB where it is better; 0 where it never is
 * @param lossWhereWorse its mean lag in dB where it is worse; 0 where it never is
 * @param chance two-sided sign test: how likely, from 0 to 1, a division as uneven is if both are better equally often; those
 *     where they are equal are left out
 */
public record PairedComparison(
        String method,
        String baseline,
        String unit,
        int better,
        int worse,
        double gain,
        double gainWhereBetter,
        double lossWhereWorse,
        double chance) {

    /** Compares, by PSNR in dB, the same things in the same order. */
    public static PairedComparison of(
            String method, String baseline, String unit, double[] psnr, double[] baselinePsnr) {
        double[] leads = IntStream.range(0, psnr.length)
                .mapToDouble(i -> psnr[i] - baselinePsnr[i])
                .toArray();
        double[] gains = IntStream.range(0, leads.length)
                .mapToDouble(i -> leads[i])
                .filter(lead -> lead > 0)
                .toArray();
        double[] losses = IntStream.range(0, leads.length)
                .mapToDouble(i -> -leads[i])
                .filter(lag -> lag > 0)
                .toArray();
        return new PairedComparison(
                method,
                baseline,
                unit,
                gains.length,
                losses.length,
                mean(leads),
                mean(gains),
                mean(losses),
                chance(gains.length, losses.length));
    }

    private static double mean(double[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .average()
                .orElse(0);
    }

    /** Twice the tail of the binomial distribution of so many fair throws. */
    private static double chance(int better, int worse) {
        int throwsMade = better + worse;
        double probability = Math.pow(0.5, throwsMade);
        double tail = 0;
        for (int fewer = 0; fewer <= Math.min(better, worse); fewer++) {
            tail += probability;
            probability *= (double) (throwsMade - fewer) / (fewer + 1);
        }
        return Math.min(1, 2 * tail);
    }
}
