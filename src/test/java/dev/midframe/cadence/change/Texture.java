package dev.midframe.cadence.change;

import dev.midframe.cadence.Picture;
import java.util.Random;

/** A wide wall that a camera pans along, and what it sees. */
enum Texture {
    BLINDS(true) {
        @Override
        double at(int x, int y, int period, long seed) {
            return (x % period < period / 2 ? 180 : 60) + 10 * Math.sin(y / 17.0);
        }
    },
    KEYS(true) {
        @Override
        double at(int x, int y, int period, long seed) {
            int row = y / period;
            int along = x + row * period / 3;
            int inX = along % period * 100 / period;
            int inY = y % period * 100 / period;
            boolean key = inX < 82 && inY < 82;
            boolean letter = inX >= 30 && inX < 55 && inY >= 30 && inY < 55;
            return (key ? 170 : 50) - (letter ? 80 * chance(seed, along / period, row) : 0);
        }
    },
    FENCE(true) {
        @Override
        double at(int x, int y, int period, long seed) {
            boolean board = x % period < period * 3 / 5;
            return board ? 180 + 8 * Math.sin(y / 9.0 + x / period) : 60 + NATURE.at(x, y, period, seed) / 2;
        }
    },
    /** Blotches of every size, the larger the stronger. */
    NATURE(false) {
        @Override
        double at(int x, int y, int period, long seed) {
            double value = 128;
            for (int size = 4; size <= 128; size *= 2) {
                value += 5.5 * Math.pow(size, 0.6) * smooth(seed + size, x / (double) size, y / (double) size);
            }
            return value;
        }

        private double smooth(long seed, double x, double y) {
            int left = (int) x;
            int top = (int) y;
            double right = x - left;
            double down = y - top;
            double above = chance(seed, left, top) * (1 - right) + chance(seed, left + 1, top) * right;
            double below = chance(seed, left, top + 1) * (1 - right) + chance(seed, left + 1, top + 1) * right;
            return 2 * (above * (1 - down) + below * down) - 1;
        }
    };

    static final int WIDTH = 360;
    static final int HEIGHT = 202;

    private final boolean periodic;

    Texture(boolean periodic) {
        this.periodic = periodic;
    }

    boolean periodic() {
        return periodic;
    }

    /** Luma at a place of the wall. */
    abstract double at(int x, int y, int period, long seed);

    /** Sums of the wall's rows from their left end: what a moving shutter sees is a difference of two. */
    double[][] wall(int length, int period, long seed) {
        double[][] sums = new double[HEIGHT][length + 1];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < length; x++) {
                sums[y][x + 1] = sums[y][x] + Math.clamp(at(x, y, period, seed), 0, 255);
            }
        }
        return sums;
    }

    /** The wall from a place on, blurred over so many pixels of motion, with the noise of a sensor. */
    static Picture seen(double[][] wall, int left, int blur, long seed) {
        Random random = new Random(seed);
        int[] luma = new int[WIDTH * HEIGHT];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                double mean = (wall[y][left + x + blur] - wall[y][left + x]) / blur;
                luma[y * WIDTH + x] = Math.clamp(Math.round(mean + 1.5 * random.nextGaussian()), 0, 255);
            }
        }
        return new Picture(WIDTH, HEIGHT, luma);
    }

    /** A number from 0 to 1 that belongs to a place. */
    private static double chance(long seed, int x, int y) {
        long mixed = (seed * 31 + x) * 0x9e37_79b9_7f4a_7c15L + y * 0xc2b2_ae3d_27d4_eb4fL;
        mixed = (mixed ^ mixed >>> 29) * 0xbf58_476d_1ce4_e5b9L;
        return (mixed >>> 11) * 0x1p-53;
    }
}
