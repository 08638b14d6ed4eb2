package dev.midframe.element.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.cadence.Cadence;
import dev.midframe.cadence.RealFrame;
import dev.midframe.cadence.change.Change;
import dev.midframe.element.Messages;
import dev.midframe.element.TestEngines;
import dev.midframe.element.buffers.Buffers;
import dev.midframe.element.buffers.FrameMap;
import dev.midframe.element.caps.VideoInfo;
import dev.midframe.element.properties.Settings;
import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.interpolation.FrameKind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class FrameFlowTest {

    private static final long FRAME = 40_000_000;
    /** GstMiniObject's count of references lies behind its type. */
    private static final int REFERENCES = 8;

    /** An engine that is done just when it is too late: after it was asked whether it is done, before its frame is dropped. */
    private final class TooLate implements Overload {
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch made = new CountDownLatch(1);

        @Override
        public long nanosUntil(long pts) {
            asked.countDown();
            await(made);
            return 0;
        }

        @Override
        public void pairEnded(long begun) {
            buffers.ref(generated); // it cannot be written into with two references, and must outlive its line here
            made.countDown();
        }
    }

    private final GStreamer gstreamer = GStreamer.get();
    private final Buffers buffers = new Buffers(gstreamer);
    private final TestEngines engines = new TestEngines();
    private final TooLate overload = new TooLate();
    private long generated;

    @Test
    void aFrameThatIsMadeInTheMomentItWouldBeDroppedLeavesWithItsBuffer() {
        engines.beforeCopy = () -> await(overload.asked);
        VideoInfo info = VideoInfo.of(
                gstreamer.video(),
                gstreamer
                        .gst()
                        .gst_caps_from_string(gstreamer
                                .strings()
                                .lasting("video/x-raw,format=I420,width=64,height=48,framerate=25/1")));
        Settings settings = new Settings();
        Flushing flushing = new Flushing();
        BuildProgressReporter progress = new BuildProgressReporter(new Messages(gstreamer, 0), () -> true);
        try (EngineWorker engine = new EngineWorker(
                engines,
                settings.request(info.format(), 1),
                progress,
                CompletableFuture.completedFuture(null),
                flushing)) {
            engine.get();
            FrameFlow flow = new FrameFlow(
                    Cadence.of(settings.cadence(true)),
                    new Pairs(engine, 1),
                    new Pair.Context(new FrameMap(gstreamer.video(), info), buffers, flushing, overload),
                    null,
                    like -> {
                        generated = newBuffer(info);
                        return generated;
                    });

            flow.accept(new RealFrame(0, 0, FRAME, Change.MOTION), newBuffer(info), 0);
            flow.accept(new RealFrame(1, FRAME, FRAME, Change.MOTION), newBuffer(info), 0);
            Departure real = flow.next(true);
            Departure made = flow.next(true);

            assertThat(real).isInstanceOfSatisfying(Departure.Ready.class, ready -> buffers.unref(ready.buffer()));
            assertThat(made).isInstanceOfSatisfying(Departure.Ready.class, ready -> {
                assertThat(ready.kind()).isEqualTo(FrameKind.GENERATED);
                assertThat(ready.buffer()).isEqualTo(generated);
                assertThat(Memory.getInt(ready.buffer(), REFERENCES))
                        .as("references: the line's and this test's")
                        .isEqualTo(2);
            });
            flow.clear();
        }
        buffers.unref(generated);
        buffers.unref(generated);
    }

    private long newBuffer(VideoInfo info) {
        return gstreamer.gst().gst_buffer_new_allocate(0, info.bytes(), 0);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
