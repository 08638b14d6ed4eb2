package dev.midframe.server.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.midframe.server.RunningServer;
import dev.midframe.testkit.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Chromium that watches by WHEP, over loopback. */
class WhepTest {
    private static final String STREAM = "streams { cam { pipeline = picture.gst, autostart = true } }";

    /** What any WHEP client does. Keeps the connection, the video element, and what of it was shown. */
    private static final String WATCH = """
            globalThis.watch = async (stream) => {
              globalThis.pc = new RTCPeerConnection();
              pc.addTransceiver('video', { direction: 'recvonly' });
              pc.addTransceiver('audio', { direction: 'recvonly' });
              globalThis.video = document.createElement('video');
              video.muted = true;
              document.body.append(video);
              video.srcObject = new MediaStream();
              globalThis.streams = [];
              pc.ontrack = ({ track, streams: [stream] }) => {
                if (!streams.includes(stream.id)) streams.push(stream.id);
                video.srcObject.addTrack(track);
              };
              globalThis.shown = [];
              const look = (now, frame) => {
                shown.push(frame.rtpTimestamp);
                video.requestVideoFrameCallback(look);
              };
              video.requestVideoFrameCallback(look);
              await pc.setLocalDescription(await pc.createOffer());
              const response = await fetch('/whep/' + stream, {
                method: 'POST', headers: { 'content-type': 'application/sdp' }, body: pc.localDescription.sdp,
              });
              globalThis.place = response.headers.get('location');
              const answer = await response.text();
              if (response.status !== 201) return response.status + ' ' + answer;
              await pc.setRemoteDescription({ type: 'answer', sdp: answer });
              video.play();
              return answer;
            };
            """;

    private static final String RECEIVED = """
            pc.getStats().then((all) => Object.fromEntries(
              [...all.values()].filter(({ type }) => type === 'inbound-rtp').map((stats) => [stats.kind, stats])))
            """;
    private static final String SESSIONS = "midframe_webrtc_sessions{stream=\"cam\"}";

    @TempDir
    private Path profile;

    @TempDir
    private Path folder;

    private Browser browser;

    @BeforeEach
    void chromiumIsThere() throws IOException {
        assumeTrue(Browser.installed().isPresent(), "skipped: Chromium is not installed (apt-get install chromium)");
        Optional<String> missing = WebRtcSessions.missing();
        assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElse(""));
        browser = new Browser(Browser.installed().orElseThrow(), profile);
        browser.beforeEveryPage(WATCH);
        Files.writeString(
                folder.resolve("picture.gst"),
                RunningServer.PICTURE.replace("! x264enc", "! midframe ! queue ! x264enc")
                        + "audiotestsrc is-live=true wave=ticks ! opusenc ! appsink name=sound sync=false async=false");
    }

    @AfterEach
    void chromiumEnds() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void picturesAndSoundArePlayedForTenSeconds() throws Exception {
        try (RunningServer server = new RunningServer(folder, STREAM)) {
            browser.open(server.uri());
            browser.await("document.getElementById('badge').textContent === 'live'");
            String answer = browser.evaluate("watch('cam')").asText();
            assertThat(answer.lines().filter(line -> line.startsWith("a=candidate")))
                    .as("it is reached where the server listens, and nowhere else")
                    .isNotEmpty()
                    .allMatch(line -> line.contains(" UDP ") && line.contains(" 127.0.0.1 "));
            browser.await("video.currentTime > 10 && shown.length > 100");
            JsonNode received = browser.evaluate(RECEIVED);
            assertThat(received.path("audio").path("packetsReceived").asInt()).isGreaterThan(100);
            assertThat(browser.evaluate("streams").size()).as("one, for both").isOne();
            assertThat(server.metric(SESSIONS)).isOne();

            assertThat(browser.evaluate("fetch(place, { method: 'DELETE' }).then(({ status }) => status)")
                            .asInt())
                    .isEqualTo(200);
            server.await("/metrics", SESSIONS + " 0");
        }
    }

    /** Pictures are not held back until a new connection's clock has come to the stream's time. */
    @Test
    void aStreamThatHasRunForAWhileBeginsAtOnce() throws Exception {
        try (RunningServer server = new RunningServer(folder, STREAM)) {
            browser.open(server.uri());
            browser.await("document.getElementById('badge').textContent === 'live'");
            double before = server.metric("midframe_pictures_total{stream=\"cam\"}");
            while (server.metric("midframe_pictures_total{stream=\"cam\"}") < before + 600) {
                browser.awaitDistinctPictures(10);
            }
            browser.evaluate("watch('cam')");
            browser.await("pc.connectionState === 'connected'");
            double connected = server.metric("midframe_pictures_total{stream=\"cam\"}");
            browser.await("shown.length > 0");
            assertThat(server.metric("midframe_pictures_total{stream=\"cam\"}")).isLessThan(connected + 500);
        }
    }

    @Test
    void aViewerThatGoesWithoutAWordIsForgotten() throws Exception {
        try (RunningServer server = new RunningServer(folder, STREAM)) {
            browser.open(server.uri());
            browser.evaluate("watch('cam')");
            browser.await("shown.length > 0");
            browser.evaluate("pc.close()");
            server.await("/metrics", SESSIONS + " 0");
        }
    }

    @Test
    void aViewerWhoseMachineDiesIsForgotten() throws Exception {
        try (RunningServer server = new RunningServer(folder, STREAM)) {
            browser.open(server.uri());
            browser.evaluate("watch('cam')");
            browser.await("shown.length > 0");
            browser.close();
            browser = null;
            server.await("/metrics", SESSIONS + " 0");
        }
    }

    @Test
    void whatIsNoOfferIsRefusedInWords() throws Exception {
        try (RunningServer server = new RunningServer(folder, STREAM)) {
            browser.open(server.uri());
            for (String offer : List.of("hello", "v=0\\r\\na=ice-ufrag:a\\r\\na=ice-pwd:b\\r\\na=fingerprint:c")) {
                assertThat(browser.evaluate("""
                                fetch('/whep/cam', {
                                  method: 'POST', headers: { 'content-type': 'application/sdp' }, body: '%s',
                                }).then(async (answer) => answer.status + ' ' + await answer.text())
                                """.formatted(offer)).asText()).startsWith("400 what was sent ");
            }
            assertThat(server.metric(SESSIONS)).isZero();
        }
    }
}
