package dev.midframe.element;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.interpolation.FrameObserver;
import dev.midframe.testkit.TestPipeline;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream that is stopped while its engine is at work: whoever stops it waits for nothing that the engine does. */
@Timeout(120)
class StoppingTest {

    private static final String STREAM =
            "videotestsrc pattern=ball num-buffers=20 ! video/x-raw,format=I420,width=64,height=48,framerate=25/1 ! ";

    private static final TestEngines ENGINES = new TestEngines();

    private final CountDownLatch atWork = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @BeforeAll
    static void register() {
        ENGINES.register(FrameObserver.NONE);
    }

    @AfterEach
    void letEnginesGo() {
        released.countDown();
        ENGINES.beforeCopy = () -> {};
        ENGINES.beforeOpen = request -> {};
        ENGINES.awaitNoneOpen();
    }

    private void hold() {
        atWork.countDown();
        try {
            assertThat(released.await(100, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The engine ends its pair only when the pipeline is gone. */
    @ParameterizedTest
    @ValueSource(strings = {"midframe depth=1", "midframe depth=3", "queue ! midframe ! queue"})
    void doesNotWaitForPairsInFlight(String element) throws Exception {
        ENGINES.beforeCopy = this::hold;
        TestPipeline running = new TestPipeline(STREAM + element + " ! fakesink");
        running.play();
        atWork.await();

        CompletableFuture.runAsync(running::close).get(60, TimeUnit.SECONDS);

        assertThat(ENGINES.open).as("engines at work").hasValue(1);
    }

    @Test
    void doesNotWaitForAnEngineThatOpens() throws Exception {
        ENGINES.beforeOpen = request -> hold();
        TestPipeline running = new TestPipeline(STREAM + "midframe ! fakesink");
        running.play();
        atWork.await();

        CompletableFuture.runAsync(running::close).get(60, TimeUnit.SECONDS);

        assertThat(ENGINES.open).as("engines open").hasValue(0);
    }

    /** Two engines at once may be more than a GPU holds. */
    @Test
    void aStreamThatIsPlayedAgainOpensItsEngineAfterTheOneBeforeIsClosed() throws Exception {
        ENGINES.beforeCopy = this::hold;
        List<Integer> openBefore = new CopyOnWriteArrayList<>();
        ENGINES.beforeOpen = request -> openBefore.add(ENGINES.open.get());
        try (TestPipeline running = new TestPipeline(STREAM + "midframe ! appsink name=sink")) {
            running.play();
            atWork.await();
            running.ready();
            int passed = running.received().size();

            running.play();
            released.countDown();
            running.awaitEnd();

            assertThat(running.received()).hasSize(passed + 39);
        }
        assertThat(openBefore).containsExactly(0, 0);
    }
}
