package dev.midframe.server.webrtc;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a viewer can take (SDP, RFC 8866; H.264's parameters: RFC 6184, 8.1).
 *
 * @param sections all that were offered
 * @param head what stands before them
 * @param pictures payload type for H.264
 * @param sound payload type for Opus, where sound is to be sent
 */
record Offer(List<SdpSection> sections, List<String> head, int pictures, OptionalInt sound) {
    private static final Pattern PAYLOAD = Pattern.compile("a=rtpmap:(\\d{1,3}) ([A-Za-z0-9]+)/\\d+.*");
    private static final List<String> NEEDED = List.of("v=0", "a=ice-ufrag:", "a=ice-pwd:", "a=fingerprint:");
    private static final String BUNDLE = "a=group:BUNDLE ";
    /** Single NAL units alone, as the other mode has it, would bound the size of pictures by that of packets. */
    private static final String FRAGMENTS = "packetization-mode=1";

    private static final List<String> PROFILES = List.of("profile-level-id=42e0", "profile-level-id=42", "profile");

    /**
     * @param wantsSound whether the stream has sound for the viewer
     * @throws WebRtcRefusal when a viewer by WebRTC would not send this, or takes no H.264
     */
    static Offer read(String sdp, boolean wantsSound) {
        List<String> lines = sdp.lines().toList();
        for (String needed : NEEDED) {
            if (lines.stream().noneMatch(line -> line.startsWith(needed))) {
                throw refused("is no offer of WebRTC: it has no line " + needed);
            }
        }
        List<SdpSection> sections = SdpSection.all(lines);
        return new Offer(
                sections,
                SdpSection.head(lines),
                pictures(sections),
                wantsSound ? sound(sections) : OptionalInt.empty());
    }

    /**
     * For webrtcbin: sections of which something is sent, since one of which nothing is takes the packets of the others. Without the viewer's own addresses: the viewer comes to the server,
     * which sends nothing to where somebody only says to be.
     */
    String text() {
        List<String> mids =
                sections.stream().filter(this::used).map(SdpSection::mid).toList();
        return Stream.concat(
                        head.stream().map(line -> line.startsWith(BUNDLE) ? BUNDLE + String.join(" ", mids) : line),
                        sections.stream().filter(this::used).flatMap(section -> section.lines().stream()))
                .filter(line -> !line.startsWith("a=candidate:") && !line.equals("a=end-of-candidates"))
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    /** The answer to all that was offered, where the given one is to {@link #text}: the rest is declined. */
    String complete(String answer) {
        List<String> lines = answer.lines().toList();
        var answered = SdpSection.all(lines).iterator();
        return Stream.concat(
                        SdpSection.head(lines).stream(),
                        sections.stream()
                                .map(section ->
                                        used(section) && answered.hasNext() ? answered.next() : section.declined())
                                .flatMap(section -> section.lines().stream()))
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private boolean used(SdpSection section) {
        return section.equals(first(sections, "video"))
                || sound.isPresent() && section.equals(first(sections, "audio"));
    }

    private static int pictures(List<SdpSection> sections) {
        SdpSection section = first(sections, "video");
        List<String> payloads = payloads(section, "H264");
        for (String profile : PROFILES) {
            for (String payload : payloads) {
                boolean fits = section.lines().stream()
                        .filter(line -> line.startsWith("a=fmtp:" + payload + " "))
                        .anyMatch(line -> line.contains(FRAGMENTS) && line.contains(profile));
                if (fits) {
                    return Integer.parseInt(payload);
                }
            }
        }
        throw refused("takes no H.264 (" + FRAGMENTS + "), and the stream has nothing else");
    }

    private static OptionalInt sound(List<SdpSection> sections) {
        return payloads(first(sections, "audio"), "opus").stream()
                .mapToInt(Integer::parseInt)
                .findFirst();
    }

    private static List<String> payloads(SdpSection section, String encoding) {
        return section.lines().stream()
                .map(PAYLOAD::matcher)
                .filter(Matcher::matches)
                .filter(found -> found.group(2).equalsIgnoreCase(encoding))
                .map(found -> found.group(1))
                .toList();
    }

    private static SdpSection first(List<SdpSection> sections, String kind) {
        return sections.stream()
                .filter(section -> section.kind().equals(kind))
                .findFirst()
                .orElse(SdpSection.NONE);
    }

    private static WebRtcRefusal refused(String why) {
        return new WebRtcRefusal(WebRtcRefusal.Reason.OFFER, "what was sent " + why);
    }
}
