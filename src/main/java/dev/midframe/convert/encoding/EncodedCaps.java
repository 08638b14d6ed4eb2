package dev.midframe.convert.encoding;

import dev.midframe.container.HighDynamicRange;
import dev.midframe.container.Rational;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What GStreamer's caps say about what an encoder makes.
 *
 * @param text in GStreamer's words
 */
public record EncodedCaps(String text) {

    private static final int SEQUENCE_HEADER = 1;
    private static final int[] NONE = {};

    public int number(String field) {
        return find(field + "=\\(int\\)(\\d+)").map(Integer::parseInt).orElse(0);
    }

    /** A word, such as that of {@code format}; empty where there is none. */
    public String word(String field) {
        return find(field + "=\\(string\\)([\\w:]+)").orElse("");
    }

    public Rational fraction(String field) {
        return find(field + "=\\(fraction\\)(\\d+/\\d+)")
                .map(value -> {
                    String[] parts = value.split("/");
                    return new Rational(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
                })
                .orElse(Rational.UNKNOWN);
    }

    /** What a decoder needs beforehand; empty where it is in the packets. */
    public byte[] codecData() {
        return find("codec_data=\\(buffer\\)([0-9a-f]+)")
                .or(() -> find("streamheader=\\(buffer\\)<\\s*([0-9a-f]+)"))
                .map(HexFormat.of()::parseHex)
                .orElse(new byte[0]);
    }

    /** The display that the pictures were made for, where that is known. */
    public Optional<HighDynamicRange> mastering() {
        int[] display = numbers("mastering-display-info");
        int[] light = numbers("content-light-level");
        return display.length + light.length == 0
                ? Optional.empty()
                : Optional.of(new HighDynamicRange(display, light));
    }

    private int[] numbers(String field) {
        return find(field + "=\\(string\\)([0-9:]+)")
                .map(value -> Arrays.stream(value.split(":"))
                        .mapToInt(Integer::parseInt)
                        .toArray())
                .orElse(NONE);
    }

    private Optional<String> find(String pattern) {
        Matcher matcher = Pattern.compile("(?:^|[ ,])" + pattern).matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The sequence header out of AV1's first packet, which is what its containers want to know beforehand. */
    public static byte[] sequenceHeader(byte[] packet) {
        int start = 0;
        while (start < packet.length) {
            int header = packet[start] & 0xff;
            int position = start + ((header & 4) != 0 ? 2 : 1);
            int size = 0;
            for (int shift = 0; position < packet.length; shift += 7) {
                int part = packet[position++] & 0xff;
                size |= (part & 0x7f) << shift;
                if (part < 0x80) {
                    break;
                }
            }
            if ((header >> 3 & 0xf) == SEQUENCE_HEADER) {
                return Arrays.copyOfRange(packet, start, Math.min(packet.length, position + size));
            }
            start = position + size;
        }
        return new byte[0];
    }
}
