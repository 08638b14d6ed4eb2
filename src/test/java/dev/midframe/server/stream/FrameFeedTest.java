package dev.midframe.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.server.config.StreamConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.freedesktop.gstreamer.Gst;
import org.freedesktop.gstreamer.PadProbeReturn;
import org.freedesktop.gstreamer.PadProbeType;
import org.freedesktop.gstreamer.Pipeline;
import org.freedesktop.gstreamer.elements.AppSrc;
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
        Gst.init("test");
        Path file = Files.writeString(folder.resolve("source.gst"), SOURCE);
        Pipeline target =
                (Pipeline) Gst.parseLaunch("appsrc name=in is-live=true format=time ! fakesink name=out sync=false");
        RepeatedFrames repeated = new RepeatedFrames();
        target.getElementByName("out").getStaticPad("sink").addProbe(PadProbeType.BUFFER, (pad, info) -> {
            repeats.add(repeated.hold(info.getBuffer().getPresentationTimestamp()));
            return PadProbeReturn.OK;
        });
        target.play();
        AppSrc appsrc = (AppSrc) target.getElementByName("in");
        try (SourcePipeline source = SourcePipeline.launch(new StreamConfig.Source(file, Map.of()));
                FrameFeed feed = new FrameFeed(target, appsrc, repeated, () -> {}, "test")) {
            source.play();
            feed.use(source);
            await(false, 10);
            source.gstreamer().getElementByName("delay").set("min-threshold-time", TimeUnit.SECONDS.toNanos(1));
            await(true, 1);
            await(false, 10);
            feed.use(null);
        } finally {
            target.stop();
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
