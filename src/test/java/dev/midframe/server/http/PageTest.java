package dev.midframe.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.midframe.server.RunningServer;
import dev.midframe.server.webrtc.WebRtcSessions;
import dev.midframe.testkit.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real Chromium. Its pictures are kept in target/page. */
class PageTest {
    private static final Path PICTURES = Path.of("target/page");
    private static final String STREAM =
            "streams { cam { title = Camera, pipeline = picture.gst, autostart = true, variables { fps = 12 }, "
                    + "addresses { SRT = \"srt://{host}:7002\" } } }";
    private static final String ADDRESS = "document.querySelector('#addresses [aria-label=%s]').value";
    private static final String FIGURE =
            "parseFloat([...document.querySelectorAll('#figures div')].find(d => d.firstChild.textContent === '%s')"
                    + "?.lastChild.textContent.replace(',', '') ?? 'NaN')";

    @TempDir
    private Path profile;

    @TempDir
    private Path folder;

    private Browser browser;

    @BeforeEach
    void chromiumIsThere() throws IOException {
        assumeTrue(Browser.installed().isPresent(), "skipped: Chromium is not installed (apt-get install chromium)");
        browser = new Browser(Browser.installed().orElseThrow(), profile);
        browser.look(1280, 1200, false);
        Files.writeString(
                folder.resolve("picture.gst"),
                RunningServer.PICTURE.replace("! x264enc", "! midframe ! queue ! x264enc"));
    }

    @AfterEach
    void chromiumEnds() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void theStreamIsShownAtTheGeneratedRateAndTheOriginalBesideIt() throws Exception {
        try (RunningServer server = new RunningServer(folder, STREAM)) {
            browser.open(server.uri());
            for (int second = 0; second < 10; second++) {
                double shown = browser.evaluate(figure("Shown here")).asDouble();
                browser.await(figure("Frames out") + " > 20 && " + figure("Shown here") + " >= 0.95 * "
                        + figure("Frames out") + " && " + figure("Shown here") + " !== " + shown);
            }
            assertThat(browser.evaluate("document.getElementById('figures').textContent")
                            .asText())
                    .contains("WebCodecs", "mean of two frames");
            browser.screenshot(PICTURES.resolve("light.png"));

            browser.press("1");
            int original = browser.distinctPictures();
            browser.press("3");
            int generated = browser.distinctPictures();
            assertThat(generated).isBetween((int) (original * 1.5), (int) (original * 2.5));
            assertThat(original).isGreaterThan(15);
        }
    }

    @Test
    void theSliderIsMovedByKeys() throws Exception {
        try (RunningServer server = new RunningServer(folder, STREAM)) {
            browser.open(server.uri());
            browser.await(figure("Shown here") + " > 0");
            browser.evaluate("document.getElementById('split').focus()");
            for (int i = 0; i < 10; i++) {
                browser.pressArrowRight();
            }
            assertThat(browser.evaluate("document.getElementById('split').value")
                            .asText())
                    .isEqualTo("55");
            assertThat(browser.evaluate("document.getElementById('stage').style.getPropertyValue('--split')")
                            .asText())
                    .isEqualTo("55%");
            browser.press("1");
            assertThat(browser.evaluate("document.getElementById('stage').dataset.view")
                            .asText())
                    .isEqualTo("original");
        }
    }

    @Test
    void withoutWebCodecsItPlaysThroughMediaSource() throws Exception {
        browser.beforeEveryPage("delete globalThis.VideoDecoder");
        try (RunningServer server = new RunningServer(folder, STREAM)) {
            browser.open(server.uri());
            browser.await(figure("Shown here") + " > 15");
            assertThat(browser.evaluate("document.getElementById('figures').textContent")
                            .asText())
                    .contains("MSE");
            browser.press("3");
            browser.awaitDistinctPictures(20);
            browser.screenshot(PICTURES.resolve("mse.png"));
        }
    }

    @Test
    void aStreamThatStopsIsToldInWordsAndItsLastPictureStands() throws Exception {
        try (RunningServer server = new RunningServer(folder, STREAM)) {
            browser.look(390, 844, true);
            browser.open(server.uri());
            browser.await(figure("Shown here") + " > 0");
            browser.screenshot(PICTURES.resolve("phone-dark.png"));
            browser.evaluate("document.getElementById('run').click()");
            browser.await("document.getElementById('state').textContent === 'The stream is stopped.'");
            assertThat(browser.evaluate("document.getElementById('badge').textContent")
                            .asText())
                    .isEqualTo("stopped");
            assertThat(browser.evaluate(
                                    "document.getElementById('picture').getContext('2d').getImageData(80, 48, 1, 1).data[3]")
                            .asInt())
                    .isEqualTo(255);
            browser.screenshot(PICTURES.resolve("stopped.png"));
            browser.evaluate("document.getElementById('run').click()");
            browser.await("document.getElementById('state').hidden");
            browser.await(figure("Shown here") + " > 0");
        }
    }

    @Test
    void theBadgeTellsALiveStreamFromADeadServer() throws Exception {
        try (RunningServer server = new RunningServer(folder, STREAM)) {
            browser.open(server.uri());
            browser.await("document.getElementById('badge').textContent === 'live'");
            browser.screenshot(PICTURES.resolve("live.png"));
            assertThat(browser.evaluate("document.title").asText()).isEqualTo("Camera");
            assertThat(browser.evaluate(ADDRESS.formatted("WebSocket")).asText())
                    .endsWith("/ws/cam");
            assertThat(browser.evaluate(ADDRESS.formatted("SRT")).asText()).isEqualTo("srt://127.0.0.1:7002");
            browser.evaluate("document.querySelector('#addresses').parentElement.open = true");
            browser.screenshot(PICTURES.resolve("addresses.png"));
        }
        browser.await("document.getElementById('state').textContent.startsWith('The server does not answer.')");
        assertThat(browser.evaluate("document.getElementById('state').classList.contains('over')")
                        .asBoolean())
                .isTrue();
        assertThat(browser.evaluate("document.getElementById('badge').textContent")
                        .asText())
                .isEqualTo("frozen");
        browser.screenshot(PICTURES.resolve("frozen.png"));
    }

    /** Each picture takes longer than it lasts, and none is left out. */
    @Test
    void aStreamThatFallsBehindIsLate() throws Exception {
        Files.writeString(
                folder.resolve("picture.gst"),
                RunningServer.PICTURE.replace("! x264enc", "! identity sleep-time=120000 ! x264enc"));
        try (RunningServer server = new RunningServer(folder, STREAM)) {
            browser.open(server.uri());
            browser.await("document.getElementById('badge').textContent === 'late'");
            browser.screenshot(PICTURES.resolve("late.png"));
        }
    }

    @Test
    void theSnapshotIsWhatIsShown() throws Exception {
        browser.beforeEveryPage("""
                URL.createObjectURL = (picture) => {
                  globalThis.snapshot = createImageBitmap(picture).then(({ width, height }) => ({ width, height, type: picture.type }));
                  return 'blob:none';
                };
                HTMLAnchorElement.prototype.click = function () { globalThis.saved = this.download; };
                """);
        try (RunningServer server = new RunningServer(folder, STREAM)) {
            browser.open(server.uri());
            browser.await(figure("Shown here") + " > 0");
            browser.click("snapshot");
            browser.await("globalThis.saved");
            assertThat(browser.evaluate("saved").asText()).startsWith("Camera ").endsWith(".png");
            assertThat(browser.evaluate("snapshot").toString()).contains("\"width\":160", "\"height\":96", "image/png");
        }
    }

    @Test
    void thePictureFloatsOverOtherWindowsAndMoves() throws Exception {
        try (RunningServer server = new RunningServer(folder, STREAM)) {
            browser.open(server.uri());
            browser.await(figure("Shown here") + " > 0");
            assumeTrue(
                    browser.evaluate("document.pictureInPictureEnabled").asBoolean(), "skipped: no picture in picture");
            browser.click("pip");
            browser.await("document.pictureInPictureElement?.videoWidth === 160");
            browser.await("document.pictureInPictureElement.currentTime > 1");
            browser.click("pip");
            browser.await("document.pictureInPictureElement === null");
        }
    }

    @Test
    void lowLatencyPlaysByWebRtcWithTheOriginalBesideIt() throws Exception {
        assumeTrue(WebRtcSessions.missing().isEmpty(), "skipped: WebRTC is not installed");
        try (RunningServer server = new RunningServer(folder, STREAM)) {
            browser.open(server.uri());
            browser.await(figure("Shown here") + " > 0 && !document.getElementById('low-latency').hidden");
            browser.click("low-latency");
            browser.await("document.getElementById('figures').textContent.includes('WebRTC')");
            browser.await(figure("Shown here") + " > 12");
            browser.await("document.getElementById('badge').textContent === 'live'");
            browser.press("1");
            int original = browser.distinctPictures();
            browser.press("3");
            assertThat(browser.distinctPictures()).isGreaterThan(original);
            assertThat(browser.evaluate("document.getElementById('low-latency').getAttribute('aria-pressed')")
                            .asText())
                    .as(browser.evaluate("document.getElementById('problem').textContent")
                            .asText())
                    .isEqualTo("true");
            browser.screenshot(PICTURES.resolve("low-latency.png"));
            browser.click("low-latency");
            browser.await("document.getElementById('figures').textContent.includes('WebCodecs')");
            browser.await(figure("Shown here") + " > 0");
            server.await("/metrics", "midframe_webrtc_sessions{stream=\"cam\"} 0");
        }
    }

    @Test
    void theTokenIsAskedForAndOpensThePage() throws Exception {
        try (RunningServer server = new RunningServer(folder, "server.token = 0123456789abcdef\n" + STREAM)) {
            browser.open(server.uri());
            browser.await("document.getElementById('token-form')?.hidden === false");
            browser.screenshot(PICTURES.resolve("token.png"));
            enter("0123456789abcdeX");
            browser.await("document.getElementById('problem').textContent === 'That is not the token.'");
            enter("0123456789abcdef");
            browser.await(figure("Shown here") + " > 0");
            assertThat(browser.evaluate("document.getElementById('token-form').hidden")
                            .asBoolean())
                    .isTrue();
        }
    }

    private void enter(String token) {
        browser.evaluate("document.getElementById('token').value = '" + token
                + "'; document.querySelector('#token-form button').click()");
    }

    private static String figure(String name) {
        return FIGURE.formatted(name);
    }
}
