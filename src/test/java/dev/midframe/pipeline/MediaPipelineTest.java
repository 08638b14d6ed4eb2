package dev.midframe.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.ObjectReference;
import dev.midframe.ffi.gst.States;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaPipelineTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void endsWithItsStream() throws Exception {
        assertThat(run("videotestsrc num-buffers=5 ! fakesink", Map.of())).isEqualTo(ended());
    }

    @Test
    void endIsHeardWhileAnotherPipelinesListenerBlocks() throws Exception {
        var free = new CountDownLatch(1);
        var blocked = new CountDownLatch(1);
        GStreamer gstreamer = GStreamer.get();
        ObjectReference other = new PipelineParser(gstreamer)
                .parse(PipelineDescription.of("videotestsrc num-buffers=1 ! fakesink", Map.of()));
        BusReader reader = new BusReader(gstreamer, other, new Blocking(blocked, free));
        try {
            reader.start();
            other.use(pipeline -> gstreamer.elements().gst_element_set_state(pipeline, States.PLAYING));
            blocked.await();
            assertThat(run("videotestsrc num-buffers=5 ! fakesink", Map.of())).isEqualTo(ended());
        } finally {
            free.countDown();
            reader.end();
            other.use(pipeline -> gstreamer.elements().gst_element_set_state(pipeline, States.NULL));
            other.close();
        }
    }

    /** A listener that is busy from the end of its stream on. */
    private record Blocking(CountDownLatch blocked, CountDownLatch free) implements BusReader.Listener {
        @Override
        public void endOfStream() {
            blocked.countDown();
            MediaPipelineTest.await(free);
        }

        @Override
        public void prerolled() {}

        @Override
        public void error(String source, String message, String debug) {}

        @Override
        public void warning(String source, String message) {}

        @Override
        public void engineBuild(String what, int percent) {}
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plain.mp4", "with space.mp4", "bang!.mp4", "quote\".mp4", "back\\slash.mp4", "apo'strophe.mp4"})
    void fileNamesArriveAsTheyAre(String name) throws Exception {
        Path file = folder.resolve(name);
        run(
                "videotestsrc num-buffers=3 ! x264enc ! mp4mux ! filesink location=${output}",
                Map.of("output", file.toString()));
        assertThat(file).exists();
        assertThat(run("filesrc location=${input} ! decodebin ! fakesink", Map.of("input", file.toString())))
                .isEqualTo(ended());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "in. ! audio/x-raw ! queue ! audioconvert ! avenc_aac ! aacparse ! out.",
                "in. ! audio/mpeg ! out.",
                "in. ! audio/mpeg ! queue ! out.",
                "in. ! audio/x-raw ! audioconvert ! fakesink"
            })
    void branchOfAnAbsentStreamDoesNotHoldUpTheOthers(String branch) throws Exception {
        Path silent = film("silent.mp4", false);
        Path copy = folder.resolve("copy.mp4");
        Outcome outcome = run("""
                filesrc location=${input} ! decodebin name=in caps="video/x-raw;audio/mpeg"
                in. ! video/x-raw ! queue ! x264enc ! mp4mux name=out ! filesink location=${output}
                """ + branch, Map.of("input", silent.toString(), "output", copy.toString()));
        assertThat(outcome).isEqualTo(ended());
        assertThat(tracks(copy)).isEqualTo(1);
    }

    @Test
    void unknownElementIsNamed() {
        assertThatThrownBy(() -> MediaPipeline.launch(PipelineDescription.of("videotestsrc ! nosuchthing", Map.of())))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("nosuchthing")
                .hasMessageContaining("install the GStreamer plugin");
    }

    @Test
    void unknownPropertyIsNamed() {
        assertThatThrownBy(() ->
                        MediaPipeline.launch(PipelineDescription.of("videotestsrc colour=1 ! fakesink", Map.of())))
                .hasMessageContaining("colour")
                .hasMessageContaining("gst-inspect-1.0");
    }

    @Test
    void missingInputIsNamedBeforeAnythingIsWritten() {
        Path output = folder.resolve("out.mp4");
        assertThatThrownBy(() -> run(
                        "filesrc location=${input} ! filesink location=${output}",
                        Map.of("input", "nowhere.mp4", "output", output.toString())))
                .hasMessage("cannot read the input nowhere.mp4: there is no such file");
        assertThat(output).doesNotExist();
    }

    @Test
    void outputThatIsTheInputIsRefused() throws Exception {
        Path film = film("film.mp4", false);
        long size = Files.size(film);
        assertThatThrownBy(() -> run("filesrc location=${f} ! filesink location=${f}", Map.of("f", film.toString())))
                .hasMessageContaining("is the input");
        assertThat(film).hasSize(size);
    }

    @Test
    void unwritableOutputIsNamed() {
        assertThatThrownBy(() -> run(
                        "videotestsrc ! filesink location=${output}",
                        Map.of("output", folder.resolve("no/folder/out.mp4").toString())))
                .hasMessageContaining("cannot write the output");
    }

    @Test
    void whatWasMadeBeforeAFailureIsFinalized() throws Exception {
        Path film = folder.resolve("cut.mp4");
        Outcome outcome = run("""
                videotestsrc num-buffers=100 ! video/x-raw,framerate=25/1 ! identity error-after=60 ! x264enc
                  ! mp4mux ! filesink location=${output}
                """, Map.of("output", film.toString()));
        assertThat(outcome.failure()).isPresent();
        assertThat(outcome.outputsComplete()).isTrue();
        assertThat(run("filesrc location=${input} ! decodebin ! fakesink", Map.of("input", film.toString())))
                .isEqualTo(ended());
    }

    @Test
    void fullDiskLeavesNothingToKeep() throws Exception {
        Outcome outcome = run(
                "videotestsrc num-buffers=500 ! x264enc tune=zerolatency ! mp4mux ! filesink location=/dev/full buffer-mode=2",
                Map.of());
        assertThat(outcome.failure())
                .hasValueSatisfying(failure -> assertThat(failure).contains("No space left"));
        assertThat(outcome.outputsComplete()).isFalse();
    }

    @Test
    void finishFinalizesAnEndlessStream() throws Exception {
        assertFinalizesAnEndlessStream(MediaPipeline::finish);
    }

    @Test
    void cutShortFinalizesWhatCannotEnd() throws Exception {
        assertFinalizesAnEndlessStream(MediaPipeline::cutShort);
    }

    private void assertFinalizesAnEndlessStream(Consumer<MediaPipeline> end) throws Exception {
        Path film = folder.resolve("live.mp4");
        var description = PipelineDescription.of(
                "videotestsrc is-live=true ! x264enc tune=zerolatency ! mp4mux ! filesink location=${output}",
                Map.of("output", film.toString()));
        try (var media = MediaPipeline.launch(description)) {
            media.play();
            while (media.progress().position().toMillis() < 200) {
                assertThat(media.await(Duration.ofMillis(20))).isEmpty();
            }
            end.accept(media);
            assertThat(media.await(LONG)).contains(ended());
        }
        assertThat(run("filesrc location=${input} ! decodebin ! fakesink", Map.of("input", film.toString())))
                .isEqualTo(ended());
    }

    /** How many tracks an MP4 file declares. */
    private static int tracks(Path file) throws IOException {
        var bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        return bytes.split("trak", -1).length - 1;
    }

    private Path film(String name, boolean sound) throws Exception {
        Path file = folder.resolve(name);
        run(
                "videotestsrc num-buffers=10 ! x264enc ! mp4mux name=m ! filesink location=${output}"
                        + (sound ? " audiotestsrc num-buffers=10 ! avenc_aac ! aacparse ! m." : ""),
                Map.of("output", file.toString()));
        return file;
    }

    private static Outcome run(String text, Map<String, String> variables) throws InterruptedException {
        try (var media = MediaPipeline.launch(PipelineDescription.of(text, variables))) {
            media.play();
            return media.await(LONG).orElseThrow(() -> new AssertionError("still runs: " + media.progress()));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Outcome ended() {
        return new Outcome(java.util.Optional.empty(), true);
    }
}
