package dev.midframe.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.midframe.quality.metric.Channels;
import dev.midframe.quality.metric.Psnr;
import dev.midframe.quality.metric.Ssim;
import dev.midframe.testkit.Pictures;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MetricsTest {

    @Test
    void psnrOfAConstantErrorIsKnown() {
        byte[] real = new byte[100];
        byte[] made = new byte[100];
        Arrays.fill(made, (byte) 10);

        assertThat(Psnr.of(real, made)).isCloseTo(20 * Math.log10(25.5), within(1e-9));
    }

    @Test
    void codeValuesAreUnsigned() {
        byte[] black = {0};
        byte[] white = {(byte) 255};

        assertThat(Psnr.of(black, white)).isZero();
    }

    @Test
    void equalPicturesReachTheCeiling() {
        byte[] texture = Pictures.texture(16, 16, 0, 0);

        assertThat(Psnr.of(texture, texture.clone())).isEqualTo(Psnr.CEILING);
        assertThat(Ssim.of(texture, texture.clone(), 16, 16)).isEqualTo(1);
    }

    @Test
    void rgbPsnrIsOfTheMeanErrorOfAllChannels() {
        byte[] zero = new byte[64];
        byte[] three = new byte[64];
        Arrays.fill(three, (byte) 3);
        Channels real = new Channels(8, 8, zero, zero, zero, zero);
        Channels made = new Channels(8, 8, zero, three, zero, zero);

        assertThat(Psnr.ofRgb(real, made)).isCloseTo(10 * Math.log10(255 * 255 / 3.0), within(1e-9));
    }

    @Test
    void ssimOfFlatPicturesIsTheLuminanceTerm() {
        byte[] dark = new byte[64];
        byte[] bright = new byte[64];
        Arrays.fill(dark, (byte) 50);
        Arrays.fill(bright, (byte) 100);
        double c1 = 0.01 * 0.01 * 255 * 255 / 64;

        assertThat(Ssim.of(dark, bright, 8, 8))
                .isCloseTo((2 * 50 * 100 + c1) / (50 * 50 + 100 * 100 + c1), within(1e-6));
    }

    @Test
    void ssimNeedsAWindow() {
        assertThatThrownBy(() -> Ssim.of(new byte[56], new byte[56], 7, 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8x8 or more, not 7x8");
    }
}
