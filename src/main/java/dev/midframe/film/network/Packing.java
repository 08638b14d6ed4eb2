package dev.midframe.film.network;

import dev.midframe.film.model.Kernel;
import dev.midframe.video.Colorimetry.Matrix;
import dev.midframe.video.PixelFormat;

/**
 * Packed RGB bytes to Y'CbCr and back, as 1x1 convolutions that know the order of the bytes.
 *
 * @param red index of the red byte among those of a pixel
 * @param green likewise
 * @param blue likewise
 * @param bytes of a pixel, 3 or 4; the fourth is unused and written as 255
 */
record Packing(int red, int green, int blue, int bytes) {

    private static final int MAX_CODE = 255;

    static Packing of(PixelFormat pixels) {
        return switch (pixels) {
            case RGB -> new Packing(0, 1, 2, 3);
            case RGBx -> new Packing(0, 1, 2, 4);
            case BGRx -> new Packing(2, 1, 0, 4);
            default -> throw new IllegalArgumentException(pixels + " is not packed RGB");
        };
    }

    Kernel decode() {
        float[] matrix = new Colour(Matrix.BT601).yccFromRgb().weights();
        float[][] rows = new float[3][bytes];
        for (int row = 0; row < 3; row++) {
            for (int colour = 0; colour < 3; colour++) {
                rows[row][byteOf(colour)] = matrix[3 * row + colour] / MAX_CODE;
            }
        }
        return Kernel.matrix("packing.decode." + this, rows, new float[3]);
    }

    Kernel encode() {
        float[] matrix = new Colour(Matrix.BT601).rgbFromYcc().weights();
        float[][] rows = new float[bytes][3];
        float[] offsets = new float[bytes];
        for (int colour = 0; colour < 3; colour++) {
            for (int column = 0; column < 3; column++) {
                rows[byteOf(colour)][column] = matrix[3 * colour + column] * MAX_CODE;
            }
        }
        if (bytes == 4) {
            offsets[3] = MAX_CODE;
        }
        return Kernel.matrix("packing.encode." + this, rows, offsets);
    }

    private int byteOf(int colour) {
        return switch (colour) {
            case 0 -> red;
            case 1 -> green;
            default -> blue;
        };
    }
}
