package dev.midframe.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.midframe.server.RtspServer;
import dev.midframe.server.RunningServer;
import dev.midframe.testkit.Browser;
import dev.midframe.testkit.Ffmpeg;
import dev.midframe.testkit.FlashAndBeep;
import dev.midframe.testkit.OtherPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page's sound in a real Chromium: it is heard, and what is decoded is together with the pictures in the stream's time. */
class PageSoundTest {
    private static final double APART_MILLIS = 40;

    /** The film's AAC goes as it is, its pictures through the interpolation. */
    private static final String PIPELINE = """
            filesrc location=${film} ! qtdemux name=in
            in. ! video/x-h264 ! h264parse ! avdec_h264 ! clocksync ! queue
              ! midframe on-overload=skip ! queue
              ! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=30
              ! video/x-h264,profile=constrained-baseline,stream-format=byte-stream,alignment=au
              ! appsink name=websocket sync=false max-buffers=120
            in. ! audio/mpeg ! queue ! clocksync ! appsink name=sound sync=false max-buffers=200 drop=true
            """;

    /** Keeps what the page connects to the loudspeakers, and the times in the stream of flashes and beeps that it decodes. */
    private static final String TAP = """
            const connect = AudioNode.prototype.connect;
            AudioNode.prototype.connect = function (to, ...more) {
              if (to === this.context.destination) globalThis.heard = this;
              return connect.call(this, to, ...more);
            };
            globalThis.seen = { flashes: [], beeps: [] };
            const watched = (Decoder, look) => class extends Decoder {
              constructor(init) {
                super({ ...init, output: (data) => { look(data); init.output(data); } });
              }
            };
            const pixel = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
            let white = true, loud = true;
            globalThis.VideoDecoder = watched(VideoDecoder, (frame) => {
              pixel.drawImage(frame, 0, 0, 1, 1);
              const bright = pixel.getImageData(0, 0, 1, 1).data[0] > 200;
              if (bright && !white) seen.flashes.push(frame.timestamp / 1000);
              white = bright;
            });
            globalThis.AudioDecoder = watched(AudioDecoder, (data) => {
              const plane = new Float32Array(data.numberOfFrames);
              data.copyTo(plane, { planeIndex: 0, format: 'f32-planar' });
              const first = plane.findIndex((sample) => Math.abs(sample) > 0.1);
              if (first >= 0 && !loud) seen.beeps.push(data.timestamp / 1000 + first * 1000 / data.sampleRate);
              loud = first >= 0;
            });
            """;

    /** Whether the loudspeakers have beeped in the last third of a second. */
    private static final String BEEPS = """
            (() => {
              globalThis.analyser ??= heard.connect(new AnalyserNode(heard.context, { fftSize: 16384 }));
              const samples = new Float32Array(16384);
              analyser.getFloatTimeDomainData(samples);
              return samples.some((sample) => Math.abs(sample) > 0.1);
            })()
            """;

    @TempDir
    private Path profile;

    @TempDir
    private Path folder;

    private Browser browser;

    @BeforeEach
    void chromiumIsThere() throws IOException {
        assumeTrue(Browser.installed().isPresent(), "skipped: Chromium is not installed (apt-get install chromium)");
        browser = new Browser(Browser.installed().orElseThrow(), profile);
        browser.look(1000, 900, false);
        browser.beforeEveryPage(TAP);
    }

    @AfterEach
    void chromiumEnds() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void beepsBelongToFlashesAndAreNotHeardBeforeSomebodyWantsThem() throws Exception {
        Files.writeString(folder.resolve("film.gst"), PIPELINE);
        try (RunningServer server = server("film.gst", "film = \"" + film() + "\"")) {
            browser.open(server.uri());
            browser.await("!document.getElementById('sound').hidden");
            assertThat(browser.evaluate("'heard' in globalThis").asBoolean()).isFalse();
            assertTogether();

            browser.press("m");
            assertThat(browser.evaluate("document.getElementById('mute').textContent")
                            .asText())
                    .isEqualTo("Sound on");
            browser.await("heard.context.state === 'closed'");
        }
    }

    @Test
    void soundOfAnRtspCameraBelongsToItsPictures() throws Exception {
        assumeTrue(RtspServer.installed(), "skipped: " + RtspServer.LIBRARY + " is not installed");
        int port = OtherPrograms.freePort();
        try (OtherPrograms programs = new OtherPrograms()) {
            RtspServer.start(
                    programs,
                    port,
                    "( filesrc location=" + film()
                            + " ! qtdemux name=film film. ! queue ! h264parse ! rtph264pay name=pay0 pt=96 "
                            + "film. ! queue ! aacparse ! rtpmp4gpay name=pay1 pt=97 )");
            try (RunningServer server = server(
                    Path.of("pipelines/rtsp.gst").toAbsolutePath().toString(),
                    "width = 160, height = 96, input = \"rtsp://127.0.0.1:" + port + "/cam\"")) {
                browser.open(server.uri());
                browser.await("!document.getElementById('sound').hidden");
                assertTogether();
            }
        }
    }

    private void assertTogether() throws InterruptedException {
        browser.press("m");
        browser.await("globalThis.heard?.context.state === 'running'");
        browser.await(BEEPS);
        browser.await("seen.beeps.length > 8");
        JsonNode came = browser.evaluate("seen");
        List<Double> offsets = offsets(numbers(came.path("flashes")), numbers(came.path("beeps")));
        assertThat(offsets).as(came.toString()).hasSizeGreaterThanOrEqualTo(4);
        assertThat(offsets.get(offsets.size() / 2))
                .as("the median of %s", offsets)
                .isCloseTo(0, within(APART_MILLIS));
    }

    private RunningServer server(String pipeline, String variables) throws IOException {
        return new RunningServer(
                folder,
                "streams { cam { title = Camera, pipeline = \"%s\", autostart = true, variables { %s } } }"
                        .formatted(pipeline, variables));
    }

    private Path film() throws IOException, InterruptedException {
        Path film = folder.resolve("film.mp4");
        Ffmpeg.ffmpeg(
                (FlashAndBeep.PICTURES + FlashAndBeep.SOUND + FlashAndBeep.H264 + "-c:a aac -b:a 96k -t 90 " + film)
                        .split(" "));
        return film;
    }

    /** By how many milliseconds beeps came after flashes, sorted. */
    private static List<Double> offsets(List<Double> flashes, List<Double> beeps) {
        return flashes.stream()
                .flatMap(flash -> beeps.stream().map(beep -> beep - flash).filter(apart -> Math.abs(apart) < 450))
                .sorted()
                .toList();
    }

    private static List<Double> numbers(JsonNode array) {
        List<Double> numbers = new ArrayList<>();
        array.forEach(number -> numbers.add(number.asDouble()));
        return numbers;
    }
}
