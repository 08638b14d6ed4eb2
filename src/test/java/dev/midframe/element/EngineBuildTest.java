package dev.midframe.element;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.interpolation.BuildListener;
import dev.midframe.interpolation.FrameObserver;
import dev.midframe.interpolation.InterpolationException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.freedesktop.gstreamer.Bus;
import org.freedesktop.gstreamer.FlowReturn;
import org.freedesktop.gstreamer.Gst;
import org.freedesktop.gstreamer.State;
import org.freedesktop.gstreamer.Structure;
import org.freedesktop.gstreamer.elements.AppSink;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An engine that takes long to build: told on the bus, and given up when nobody waits for it any more. */
@Timeout(60)
class EngineBuildTest {

    private static final String STREAM = "videotestsrc num-buffers=3 ! video/x-raw,format=I420,width=64,height=48,"
            + "framerate=25/1 ! midframe name=film ! appsink name=sink";

    private static final TestEngines ENGINES = new TestEngines();

    @BeforeAll
    static void register() {
        Gst.init();
        MidframeElement.register(ENGINES, FrameObserver.NONE);
    }

    @Test
    void tellsOnTheBusWhatIsBuiltAndEachPercentOnce() {
        String what = "FLOW of a \"model\" in C:\\";
        ENGINES.building = listener -> {
            for (double fraction : new double[] {0, 0.25, 0.259, 0.999, 1}) {
                listener.progress(what, fraction);
            }
        };
        List<Structure> told = new CopyOnWriteArrayList<>();
        try (Running running = new Running(STREAM)) {
            running.pipeline().getBus().connect("message::element", (Bus.MESSAGE)
                    (bus, message) -> told.add(message.getStructure()));
            running.play();
            running.awaitEnd();

            assertThat(told).extracting(Structure::getName).containsOnly("midframe-engine");
            assertThat(told).extracting(news -> news.getString("what")).containsOnly(what);
            assertThat(told).extracting(news -> news.getInteger("percent")).containsExactly(0, 25, 99, 100);
        }
    }

    @Test
    void theFirstFramePassesBeforeTheEngineIsOpen() throws Exception {
        CountDownLatch firstFrameCame = new CountDownLatch(1);
        ENGINES.building = listener -> {
            try {
                firstFrameCame.await();
            } catch (InterruptedException e) {
                throw new InterpolationException("interrupted", e);
            }
        };
        try (Running running = new Running(STREAM)) {
            AppSink sink = (AppSink) running.element("sink");
            sink.connect((AppSink.NEW_PREROLL) source -> {
                firstFrameCame.countDown();
                return FlowReturn.OK;
            });
            running.play();
            running.awaitEnd();
            assertThat(running.seen()).hasSize(5);
        }
    }

    @Test
    void stoppingEndsTheBuildThatTheStreamWaitsForAndIsNoError() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        ENGINES.building = listener -> {
            begun.countDown();
            while (!listener.cancelled()) {
                Thread.onSpinWait();
            }
            throw new InterpolationException("cancelled");
        };
        try (Running running = new Running(STREAM)) {
            running.play();
            begun.await();
            running.pipeline().setState(State.READY);
            running.awaitState(State.READY);
            int passedMeanwhile = running.seen().size();

            ENGINES.building = listener -> {};
            running.play();
            running.awaitEnd();
            assertThat(running.seen()).hasSize(passedMeanwhile + 5);
        }
    }

    @Test
    void aBuildThatOutlivesItsElementIsCancelledAndTellsNobody() {
        AtomicReference<BuildListener> kept = new AtomicReference<>();
        ENGINES.building = kept::set;
        try (Running running = new Running(STREAM)) {
            running.play();
            running.awaitEnd();
            assertThat(kept.get().cancelled()).as("while the element plays").isFalse();
        }

        assertThat(kept.get().cancelled()).isTrue();
        kept.get().progress("nothing", 0.5);
    }
}
