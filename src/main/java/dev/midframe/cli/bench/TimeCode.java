package dev.midframe.cli.bench;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.zip.CRC32;

/**
 * A number in the picture that survives scaling and encoding: a strip of light and dark fields along the upper edge. Two
 * numbers in a row differ in nearly every field, so a frame made between them shows grey and is none of them.
 */
final class TimeCode {

    /** Numbers are 0 to this, exclusive, and begin again. */
    static final int NUMBERS = 1 << 16;

    private static final int FIELDS = 24;
    private static final int ALL = (1 << FIELDS) - 1;
    private static final int STRIP = 10;
    private static final int DARK = 40;
    private static final int LIGHT = 210;
    private static final int SURE = 50;

    private TimeCode() {}

    /** Draws into a luma plane with rows of the given stride, in bytes. */
    static void draw(ByteBuffer luma, int stride, int width, int height, int number) {
        int word = word(number);
        for (int y = 0; y < height / STRIP; y++) {
            for (int x = 0; x < width; x++) {
                boolean light = (word >> (x * FIELDS / width) & 1) != 0;
                luma.put(y * stride + x, (byte) (light ? LIGHT : DARK));
            }
        }
    }

    /** The number in a luma plane; empty where there is none, as in a generated frame. */
    static OptionalInt read(ByteBuffer luma, int stride, int width, int height) {
        int word = 0;
        for (int field = 0; field < FIELDS; field++) {
            int grey = middle(luma, stride, width, height, field);
            if (grey > DARK + SURE && grey < LIGHT - SURE) {
                return OptionalInt.empty();
            }
            word |= (grey > (DARK + LIGHT) / 2 ? 1 : 0) << field;
        }
        for (int candidate : new int[] {word, ~word & ALL}) {
            int number = candidate >> 8;
            if (word(number) == word) {
                return OptionalInt.of(number);
            }
        }
        return OptionalInt.empty();
    }

    private static int middle(ByteBuffer luma, int stride, int width, int height, int field) {
        int top = height / STRIP / 3;
        int bottom = Math.max(top + 1, 2 * height / STRIP / 3);
        int left = (3 * field + 1) * width / (3 * FIELDS);
        int right = Math.max(left + 1, (3 * field + 2) * width / (3 * FIELDS));
        int sum = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                sum += luma.get(y * stride + x) & 0xFF;
            }
        }
        return sum / ((bottom - top) * (right - left));
    }

    private static int word(int number) {
        var check = new CRC32();
        check.update(number);
        check.update(number >> 8);
        // Not the lowest byte: turned round with the number it would fit the number turned round.
        int word = number << 8 | (int) (check.getValue() >> 8) & 0xFF;
        return number % 2 == 0 ? word : ~word & ALL;
    }
}
