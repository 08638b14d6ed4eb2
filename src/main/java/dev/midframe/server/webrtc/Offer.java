package dev.midframe.server.webrtc;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a viewer can take (SDP, RFC 8866; H.264's parameters: RFC 6184, 8.1).
 *
 * @param text without the viewer's own addresses: the viewer comes to the server, which sends nothing to where somebody only
 *     says to be
 * @param pictures payload type for H.264
 * @param sound payload type for Opus, where the viewer wants sound
 */
record Offer(String text, int pictures, OptionalInt sound) {
    private static final Pattern PAYLOAD = Pattern.compile("a=rtpmap:(\\d{1,3}) ([A-Za-z0-9]+)/\\d+.*");
    private static final List<String> NEEDED = List.of("v=0", "a=ice-ufrag:", "a=ice-pwd:", "a=fingerprint:");
    /** Single NAL units alone, as the other mode has it, would bound the size of pictures by that of packets. */
    private static final String FRAGMENTS = "packetization-mode=1";

    private static final List<String> PROFILES = List.of("profile-level-id=42e0", "profile-level-id=42", "profile");

    /** @throws WebRtcRefusal when a viewer by WebRTC would not send this, or takes no H.264 */
    static Offer read(String sdp) {
        List<String> lines = sdp.lines()
                .filter(line -> !line.startsWith("a=candidate:") && !line.equals("a=end-of-candidates"))
                .toList();
        for (String needed : NEEDED) {
            if (lines.stream().noneMatch(line -> line.startsWith(needed))) {
                throw refused("is no offer of WebRTC: it has no line " + needed);
            }
        }
        return new Offer(
                String.join("\r\n", lines) + "\r\n",
                pictures(lines),
                payloads(section(lines, "audio"), "opus").stream()
                        .mapToInt(Integer::parseInt)
                        .findFirst());
    }

    private static int pictures(List<String> lines) {
        List<String> section = section(lines, "video");
        List<String> payloads = payloads(section, "H264");
        for (String profile : PROFILES) {
            for (String payload : payloads) {
                boolean fits = section.stream()
                        .filter(line -> line.startsWith("a=fmtp:" + payload + " "))
                        .anyMatch(line -> line.contains(FRAGMENTS) && line.contains(profile));
                if (fits) {
                    return Integer.parseInt(payload);
                }
            }
        }
        throw refused("takes no H.264 (" + FRAGMENTS + "), and the stream has nothing else");
    }

    private static List<String> payloads(List<String> section, String encoding) {
        return section.stream()
                .map(PAYLOAD::matcher)
                .filter(Matcher::matches)
                .filter(found -> found.group(2).equalsIgnoreCase(encoding))
                .map(found -> found.group(1))
                .toList();
    }

    /** The first section of a kind, without its first line. */
    private static List<String> section(List<String> lines, String kind) {
        List<String> section = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            if (line.startsWith("m=")) {
                if (inside) {
                    break;
                }
                inside = line.startsWith("m=" + kind + " ");
            } else if (inside) {
                section.add(line);
            }
        }
        return section;
    }

    private static WebRtcRefusal refused(String why) {
        return new WebRtcRefusal(WebRtcRefusal.Reason.OFFER, "what was sent " + why);
    }
}
