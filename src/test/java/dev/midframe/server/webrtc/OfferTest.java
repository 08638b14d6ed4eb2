package dev.midframe.server.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class OfferTest {
    /** As Chromium sends it, without what the server does not look at. */
    private static final String CHROMIUM = """
            v=0
            o=- 1760705829000313686 2 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0 1
            m=video 9 UDP/TLS/RTP/SAVPF 96 102 104 108 116
            a=ice-ufrag:PdXG
            a=ice-pwd:85wKdlmuwU4GDZSAInZ3VVZa
            a=fingerprint:sha-256 C4:56
            a=candidate:1 1 udp 2122260223 192.0.2.1 40000 typ host
            a=mid:0
            a=rtpmap:96 VP8/90000
            a=rtpmap:102 H264/90000
            a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f
            a=rtpmap:104 H264/90000
            a=fmtp:104 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42e01f
            a=rtpmap:108 H264/90000
            a=fmtp:108 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
            m=audio 9 UDP/TLS/RTP/SAVPF 111
            a=mid:1
            a=rtpmap:111 opus/48000/2
            """;

    @Test
    void picturesGoInTheProfileTheyAreEncodedIn() {
        Offer offer = Offer.read(CHROMIUM, true);
        assertThat(offer.pictures()).isEqualTo(108);
        assertThat(offer.sound()).isEqualTo(OptionalInt.of(111));
    }

    @Test
    void aViewerWithAnotherProfileIsServedAllTheSame() {
        assertThat(Offer.read(CHROMIUM.replace("a=rtpmap:108", "a=rtpmap:109"), true)
                        .pictures())
                .isEqualTo(102);
    }

    @Test
    void nothingIsSentToWhereTheViewerSaysToBe() {
        assertThat(Offer.read(CHROMIUM, true).text()).doesNotContain("candidate", "192.0.2.1");
    }

    @Test
    void soundIsLeftOutWhereTheViewerTakesNoOpus() {
        assertThat(Offer.read(CHROMIUM.replace("opus", "PCMU"), true).sound()).isEmpty();
    }

    @Test
    void soundThatTheStreamDoesNotHaveIsDeclined() {
        Offer offer = Offer.read(CHROMIUM, false);
        assertThat(offer.text()).contains("a=group:BUNDLE 0\r\n").doesNotContain("m=audio");
        assertThat(offer.complete("v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 108\r\na=mid:0\r\n"))
                .isEqualTo("v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 108\r\na=mid:0\r\n"
                        + "m=audio 0 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=mid:1\r\na=inactive\r\n");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> Offer.read("hello", true))
                .isInstanceOf(WebRtcRefusal.class)
                .hasMessage("what was sent is no offer of WebRTC: it has no line v=0");
        assertThatThrownBy(() -> Offer.read(CHROMIUM.replace("a=fingerprint", "b"), true))
                .hasMessageEndingWith("it has no line a=fingerprint:");
        assertThatThrownBy(() -> Offer.read(CHROMIUM.replace("H264", "VP9"), true))
                .hasMessageContaining("takes no H.264");
    }

    @Property(tries = 500)
    void anyTextIsReadOrRefusedInWords(@ForAll String text) {
        assertThatThrownBy(() -> Offer.read(text, true)).isInstanceOf(WebRtcRefusal.class);
    }
}
