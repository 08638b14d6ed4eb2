package dev.midframe.convert.frames;

import dev.midframe.container.ContainerException;
import dev.midframe.container.Rational;
import java.util.Locale;

/**
 * The first line of a YUV4MPEG2 stream.
 *
 * @param rate pictures a second
 * @param aspect of a pixel; 0/1 where it is unknown
 * @param full whether code values use their full range
 */
record Y4mHeader(FrameLayout layout, Rational rate, Rational aspect, boolean full, boolean interlaced) {

    static final String MAGIC = "YUV4MPEG2";

    private static final int LARGEST = 16384;

    /**
     * Reads one.
     *
     * @throws ContainerException when it is none, or has a sampling that is not known
     */
    static Y4mHeader parse(String line) {
        String[] words = line.split(" ");
        if (!words[0].equals(MAGIC)) {
            throw new ContainerException("standard input is no YUV4MPEG2 stream; make one of it, for example:"
                    + " ffmpeg -i in.mp4 -f yuv4mpegpipe - | midframe convert - -o out.mp4");
        }
        int width = 0;
        int height = 0;
        Rational rate = new Rational(25, 1);
        Rational aspect = Rational.UNKNOWN;
        String colour = "420";
        boolean full = false;
        boolean interlaced = false;
        try {
            for (int i = 1; i < words.length; i++) {
                String value = words[i].isEmpty() ? "" : words[i].substring(1);
                switch (words[i].isEmpty() ? ' ' : words[i].charAt(0)) {
                    case 'W' -> width = Integer.parseInt(value);
                    case 'H' -> height = Integer.parseInt(value);
                    case 'F' -> rate = fraction(value);
                    case 'A' -> aspect = fraction(value);
                    case 'C' -> colour = value;
                    case 'I' -> interlaced = value.matches("[tbm]");
                    case 'X' -> full |= value.equals("COLORRANGE=FULL");
                    default -> {}
                }
            }
        } catch (IllegalArgumentException _) {
            width = 0;
        }
        if (width < 1 || height < 1 || width > LARGEST || height > LARGEST || !rate.isKnown()) {
            throw new ContainerException("standard input's first line has no size or rate that can be: "
                    + line.replaceAll("\\p{Cntrl}", "?"));
        }
        String named = colour;
        Sampling sampling = Sampling.named(colour)
                .orElseThrow(() -> new ContainerException("standard input samples its colour as "
                        + named.replaceAll("\\W", "?") + ", which is not known; use -pix_fmt yuv420p or yuv420p10le"));
        return new Y4mHeader(new FrameLayout(sampling, width, height), rate, aspect, full, interlaced);
    }

    private static Rational fraction(String value) {
        String[] parts = value.split(":");
        if (parts.length != 2) {
            throw new IllegalArgumentException(value);
        }
        int numerator = Integer.parseInt(parts[0]);
        int denominator = Integer.parseInt(parts[1]);
        if (numerator < 0 || denominator < 0) {
            throw new IllegalArgumentException(value);
        }
        return denominator == 0 ? Rational.UNKNOWN : new Rational(numerator, denominator);
    }

    /** As it is written, without the end of the line. */
    String text() {
        String sampling = layout.sampling().tag();
        return MAGIC + " W" + layout.width() + " H" + layout.height() + " F" + fraction(rate) + " Ip A"
                + fraction(aspect) + " C" + sampling
                + (sampling.contains("p1") ? " XYSCSS=" + sampling.toUpperCase(Locale.ROOT) : "")
                + " XCOLORRANGE=" + (full ? "FULL" : "LIMITED");
    }

    private static String fraction(Rational value) {
        return value.isKnown() ? value.numerator() + ":" + value.denominator() : "0:0";
    }
}
