package dev.midframe.quality.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedComparisonTest {

    @Test
    void leadsAndLagsAreCountedAndAveragedApart() {
        PairedComparison comparison = PairedComparison.of(
                "film", "other", "group", new double[] {30, 31, 32, 33}, new double[] {29, 29, 33, 33});

        assertThat(comparison.better()).isEqualTo(2);
        assertThat(comparison.worse()).isEqualTo(1);
        assertThat(comparison.gain()).isEqualTo(0.5);
        assertThat(comparison.gainWhereBetter()).isEqualTo(1.5);
        assertThat(comparison.lossWhereWorse()).isEqualTo(1);
    }

    /** Expected values are sums of binomial coefficients over powers of two. */
    @ParameterizedTest
    @CsvSource({"12, 3, 0.03515625", "3, 12, 0.03515625", "20, 0, 0.0000019073486", "5, 5, 1", "1, 0, 1", "0, 0, 1"})
    void theSignTestIsTwoSided(int better, int worse, double chance) {
        double[] psnr = new double[better + worse + 2];
        Arrays.fill(psnr, 0, better, 1);
        Arrays.fill(psnr, better, better + worse, -1);

        PairedComparison comparison = PairedComparison.of("film", "other", "sequence", psnr, new double[psnr.length]);

        assertThat(comparison.chance()).isCloseTo(chance, within(1e-12));
    }

    @Test
    void theWorstTenthOfPicturesIsAveraged() {
        Summary summary = Summary.ofPictures(
                "film",
                IntStream.rangeClosed(1, 15)
                        .mapToObj(i -> new Score(10 * i, i, 0, 0, 100, 100))
                        .toList(),
                null);

        assertThat(summary.psnrRgb()).isEqualTo(new Spread(80, 15, 10));
    }
}
