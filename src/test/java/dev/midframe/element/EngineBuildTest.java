package dev.midframe.element;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.ffi.gst.Message;
import dev.midframe.interpolation.BuildListener;
import dev.midframe.interpolation.FrameObserver;
import dev.midframe.interpolation.InterpolationException;
import dev.midframe.testkit.TestPipeline;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An engine that takes long to build: reported on the bus, and given up when nobody waits for it any more. */
@Timeout(60)
class EngineBuildTest {

    private static final String STREAM = "videotestsrc num-buffers=3 ! video/x-raw,format=I420,width=64,height=48,"
            + "framerate=25/1 ! midframe name=film ! appsink name=sink";

    private static final TestEngines ENGINES = new TestEngines();

    private record Report(String name, String what, int percent) {}

    @BeforeAll
    static void register() {
        ENGINES.register(FrameObserver.NONE);
    }

    @Test
    void tellsOnTheBusWhatIsBuiltAndEachPercentOnce() {
        String what = "FLOW of a \"model\" in C:\\";
        ENGINES.building = listener -> {
            for (double fraction : new double[] {0, 0.25, 0.259, 0.999, 1}) {
                listener.progress(what, fraction);
            }
        };
        List<Report> reported = new CopyOnWriteArrayList<>();
        try (TestPipeline running = new TestPipeline(STREAM)) {
            running.onMessage(message -> {
                if (message.type() == Message.ELEMENT) {
                    reported.add(new Report(
                            message.structureName().orElse(""),
                            message.string("what").orElse(""),
                            message.integer("percent").orElse(-1)));
                }
            });
            running.play();
            running.awaitEnd();

            assertThat(reported).extracting(Report::name).containsOnly("midframe-engine");
            assertThat(reported).extracting(Report::what).containsOnly(what);
            assertThat(reported).extracting(Report::percent).containsExactly(0, 25, 99, 100);
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
        try (TestPipeline running = new TestPipeline(STREAM)) {
            running.onPreroll(firstFrameCame::countDown);
            running.play();
            running.awaitEnd();
            assertThat(running.received()).hasSize(5);
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
        try (TestPipeline running = new TestPipeline(STREAM)) {
            running.play();
            begun.await();
            running.ready();
            int passedMeanwhile = running.received().size();

            ENGINES.building = listener -> {};
            running.play();
            running.awaitEnd();
            assertThat(running.received()).hasSize(passedMeanwhile + 5);
        }
    }

    @Test
    void aBuildThatOutlivesItsElementIsCancelledAndTellsNobody() {
        AtomicReference<BuildListener> kept = new AtomicReference<>();
        ENGINES.building = kept::set;
        try (TestPipeline running = new TestPipeline(STREAM)) {
            running.play();
            running.awaitEnd();
            assertThat(kept.get().cancelled()).as("while the element plays").isFalse();
        }

        ENGINES.awaitNoneOpen();
        assertThat(kept.get().cancelled()).isTrue();
        kept.get().progress("nothing", 0.5);
    }
}
