package dev.midframe.container;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The display that pictures were made for (SMPTE ST 2086), and how light they become (CTA-861.3).
 *
 * @param display x and y of red, green, blue and white in 0.00002, then the greatest and the least luminance in 0.0001 cd/m²;
 *     10 numbers, or none
 * @param light the greatest of a pixel and of a picture's average in cd/m²; 2 numbers, or none
 */
public record HighDynamicRange(int[] display, int[] light) {

    private static final int CHROMATICITY = 50_000;
    private static final int LUMINANCE = 10_000;
    private static final int CHROMATICITIES = 8;

    boolean hasDisplay() {
        return display.length == CHROMATICITIES + 2;
    }

    boolean hasLight() {
        return light.length == 2;
    }

    /** As AVMasteringDisplayMetadata: rationals of primaries, white, least and greatest luminance, and which there are. */
    MemorySegment displayBytes(Arena arena) {
        MemorySegment bytes = arena.allocate(22 * Integer.BYTES);
        for (int i = 0; i < CHROMATICITIES; i++) {
            put(bytes, i, display[i], CHROMATICITY);
        }
        put(bytes, CHROMATICITIES, display[9], LUMINANCE);
        put(bytes, CHROMATICITIES + 1, display[8], LUMINANCE);
        bytes.setAtIndex(ValueLayout.JAVA_INT, 20, 1);
        bytes.setAtIndex(ValueLayout.JAVA_INT, 21, 1);
        return bytes;
    }

    /** As AVContentLightMetadata. */
    MemorySegment lightBytes(Arena arena) {
        return arena.allocateFrom(ValueLayout.JAVA_INT, light);
    }

    private static void put(MemorySegment bytes, int index, int numerator, int denominator) {
        bytes.setAtIndex(ValueLayout.JAVA_INT, 2 * index, numerator);
        bytes.setAtIndex(ValueLayout.JAVA_INT, 2 * index + 1, denominator);
    }
}
