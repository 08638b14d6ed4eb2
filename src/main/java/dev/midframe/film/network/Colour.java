package dev.midframe.film.network;

import dev.midframe.film.model.Kernel;
import dev.midframe.video.Colorimetry.Matrix;

/** Y'CbCr and R'G'B' in nominal ranges, one to the other, as 1x1 convolutions (ITU-R BT.601-7, section 2.5, for any matrix). */
record Colour(Matrix matrix) {

    Kernel yccFromRgb() {
        float kr = (float) matrix.kr();
        float kb = (float) matrix.kb();
        float kg = 1 - kr - kb;
        float cb = 0.5f / (1 - kb);
        float cr = 0.5f / (1 - kr);
        return Kernel.matrix(
                "ycc_from_rgb." + matrix,
                new float[][] {{kr, kg, kb}, {-kr * cb, -kg * cb, (1 - kb) * cb}, {(1 - kr) * cr, -kg * cr, -kb * cr}},
                0,
                0,
                0);
    }

    Kernel rgbFromYcc() {
        float kr = (float) matrix.kr();
        float kb = (float) matrix.kb();
        float kg = 1 - kr - kb;
        float red = 2 * (1 - kr);
        float blue = 2 * (1 - kb);
        return Kernel.matrix(
                "rgb_from_ycc." + matrix,
                new float[][] {{1, 0, red}, {1, -kb * blue / kg, -kr * red / kg}, {1, blue, 0}},
                0,
                0,
                0);
    }
}
