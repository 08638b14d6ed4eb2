package dev.midframe.server.webrtc;

import java.util.ArrayList;
import java.util.List;

/**
 * One medium of a session's description.
 *
 * @param lines the first begins with {@code m=}
 */
record SdpSection(List<String> lines) {
    private static final String MEDIUM = "m=";
    private static final String MID = "a=mid:";

    /** Stands for a medium that is not offered. */
    static final SdpSection NONE = new SdpSection(List.of());

    /** Those of a description. */
    static List<SdpSection> all(List<String> description) {
        List<SdpSection> sections = new ArrayList<>();
        for (String line : description) {
            if (line.startsWith(MEDIUM)) {
                sections.add(new SdpSection(new ArrayList<>()));
            }
            if (!sections.isEmpty()) {
                sections.getLast().lines.add(line);
            }
        }
        return sections;
    }

    /** What stands before the first. */
    static List<String> head(List<String> description) {
        return description.stream().takeWhile(line -> !line.startsWith(MEDIUM)).toList();
    }

    /** Such as {@code video}. */
    String kind() {
        return word(0);
    }

    /** The name by which groups refer to it. */
    String mid() {
        return lines.stream()
                .filter(line -> line.startsWith(MID))
                .map(line -> line.substring(MID.length()))
                .findFirst()
                .orElse("");
    }

    /** The answer to it of somebody who does not want it: port 0 (RFC 3264, 6). */
    SdpSection declined() {
        return new SdpSection(List.of(
                MEDIUM + kind() + " 0 " + word(2) + " " + word(3), "c=IN IP4 0.0.0.0", MID + mid(), "a=inactive"));
    }

    private String word(int index) {
        String[] words = lines.isEmpty()
                ? new String[0]
                : lines.getFirst().substring(MEDIUM.length()).split(" ");
        return index < words.length ? words[index] : "";
    }
}
