package dev.midframe.quality.material;

import dev.midframe.video.Colorimetry;
import dev.midframe.video.Colorimetry.Matrix;
import dev.midframe.video.Colorimetry.Range;
import dev.midframe.video.PixelFormat;
import org.jspecify.annotations.Nullable;

/** Reads the field {@code colorimetry} of raw video caps: a name, or numbers {@code range:matrix:transfer:primaries}. */
final class CapsColorimetry {

    private CapsColorimetry() {}

    /**
     * Range and matrix.
     *
     * @param caps the field's text, null where caps have none
     * @param height of the frames, which GStreamer guesses by
     */
    static Colorimetry of(@Nullable String caps, int height) {
        if (caps == null) {
            return Colorimetry.untagged(PixelFormat.I420, height);
        }
        String[] numbers = caps.split(":");
        if (numbers.length == 4) {
            Range range = numbers[0].equals("1") ? Range.FULL : Range.LIMITED;
            return new Colorimetry(range, matrix(numbers[1], height));
        }
        return switch (caps) {
            case "bt601" -> limited(Matrix.BT601);
            case "bt709" -> limited(Matrix.BT709);
            case "smpte240m" -> limited(Matrix.SMPTE240M);
            case "bt2020", "bt2020-10", "bt2100-pq", "bt2100-hlg" -> limited(Matrix.BT2020);
            default -> of(null, height);
        };
    }

    /** The numbers of GstVideoColorMatrix. */
    private static Matrix matrix(String number, int height) {
        return switch (number) {
            case "2" -> Matrix.FCC;
            case "3" -> Matrix.BT709;
            case "4" -> Matrix.BT601;
            case "5" -> Matrix.SMPTE240M;
            case "6" -> Matrix.BT2020;
            default -> of(null, height).matrix();
        };
    }

    private static Colorimetry limited(Matrix matrix) {
        return new Colorimetry(Range.LIMITED, matrix);
    }
}
