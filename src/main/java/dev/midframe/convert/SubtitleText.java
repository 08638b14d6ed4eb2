package dev.midframe.convert;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/** The text of a subtitle, from one way to write it to another. */
final class SubtitleText {

    private static final Set<String> TEXTS = Set.of("subrip", "text", "mov_text", "webvtt", "ass", "ssa");

    /** Fields before the text of a line in Matroska's ASS. */
    private static final int ASS_FIELDS = 9;

    /**
     * The sample description of timed text (3GPP TS 26.245): below in the middle, white on nothing, at 18 of a font named Serif.
     */
    private static final String TIMED_TEXT = "00000000" + "01ff" + "00000000" + "0000000000000000"
            + "00000000" + "0001" + "00" + "12" + "ffffffff"
            + "00000012" + "66746162" + "0001" + "0001" + "05" + "5365726966";

    private SubtitleText() {}

    /** Whether these are texts, and no pictures. */
    static boolean isText(String codec) {
        return TEXTS.contains(codec);
    }

    /** What a decoder needs beforehand. */
    static byte[] extradata(String codec) {
        return codec.equals("mov_text") ? HexFormat.of().parseHex(TIMED_TEXT) : new byte[0];
    }

    /** Rewrites a packet; what comes out is empty where there is nothing to read. */
    static byte[] convert(byte[] packet, String from, String to) {
        String text =
                switch (from) {
                    case "mov_text" -> timedText(packet);
                    case "ass", "ssa" -> withoutStyles(new String(packet, StandardCharsets.UTF_8));
                    default -> new String(packet, StandardCharsets.UTF_8);
                };
        if (to.equals("mov_text")) {
            // It has no tags in its text.
            text = text.replaceAll("<[^<>]*>", "");
        } else if (from.equals("webvtt") || to.equals("webvtt")) {
            text = text.replaceAll("<(?!/?[biu]>)[^<>]*>", "");
        }
        text = text.strip();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return text.isEmpty() || !to.equals("mov_text") ? bytes : withLength(bytes);
    }

    private static String timedText(byte[] packet) {
        if (packet.length < 2) {
            return "";
        }
        int length = Math.min(packet.length - 2, (packet[0] & 0xff) << 8 | packet[1] & 0xff);
        return new String(packet, 2, length, StandardCharsets.UTF_8);
    }

    private static byte[] withLength(byte[] text) {
        int length = Math.min(text.length, 0xffff);
        var packet = new ByteArrayOutputStream(length + 2);
        packet.write(length >> 8);
        packet.write(length);
        packet.writeBytes(Arrays.copyOf(text, length));
        return packet.toByteArray();
    }

    private static String withoutStyles(String line) {
        String[] fields = line.split(",", ASS_FIELDS);
        return fields[fields.length - 1]
                .replaceAll("\\{[^{}]*}", "")
                .replaceAll("\\\\[Nn]", "\n")
                .replace("\\h", " ");
    }
}
