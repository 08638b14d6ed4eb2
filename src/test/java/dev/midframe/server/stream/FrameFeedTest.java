package dev.midframe.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.pipeline.AppSink;
import dev.midframe.pipeline.MediaPipeline;
import dev.midframe.pipeline.PipelineDescription;
import dev.midframe.pipeline.Sample;
import dev.midframe.server.config.StreamConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameFeedTest {

    private static final String SOURCE =
            "videotestsrc is-live=true ! video/x-raw,format=I420,width=16,height=16,framerate=30/1"
                    + " ! queue name=delay max-size-time=0 max-size-bytes=0 max-size-buffers=0"
                    + " ! appsink name=frames sync=false max-buffers=4 drop=true";

    @TempDir
    private Path folder;

    private final BlockingQueue<Boolean> repeats = new LinkedBlockingQueue<>();

    @Test
    void framesOfASourceWhoseDelayHasGrownAreShownAgain() throws Exception {
        Path file = Files.writeString(folder.resolve("source.gst"), SOURCE);
        RepeatedFrames repeated = new RepeatedFrames();
        PipelineDescription description = PipelineDescription.of(
                "appsrc name=in is-live=true format=time ! appsink name=out sync=false", Map.of());
        try (MediaPipeline target = MediaPipeline.launch(description);
                SourcePipeline source =
                        SourcePipeline.launch("test", new StreamConfig.Source(file, Map.of()), _ -> -1, _ -> {})) {
            target.play();
            AppSink out = target.appSink("out").orElseThrow();
            Thread reader = Thread.ofVirtual().start(() -> readAll(out, repeated));
            try (FrameFeed feed =
                    new FrameFeed(target, target.appSrc("in").orElseThrow(), repeated, () -> {}, "test")) {
                source.play();
                feed.use(source);
                await(false, 10);
                source.pipeline().elements("queue").getFirst().set("min-threshold-time", "1000000000");
                await(true, 1);
                await(false, 10);
                feed.use(null);
            }
            target.stop();
            reader.join();
        }
    }

    private void readAll(AppSink out, RepeatedFrames repeated) {
        for (Sample sample = out.pull(); sample != null; sample = out.pull()) {
            try (Sample owned = sample) {
                repeats.add(repeated.hold(owned.pts()));
            }
        }
    }

    /** So many frames in a row are repeated ones, or are not. */
    private void await(boolean repeated, int times) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        for (int row = 0; row < times; ) {
            Boolean next = repeats.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            assertThat(next)
                    .as("10 s without %d frames in a row, repeated: %s", times, repeated)
                    .isNotNull();
            row = next == repeated ? row + 1 : 0;
        }
    }
}
