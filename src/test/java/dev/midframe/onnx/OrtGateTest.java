package dev.midframe.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class OrtGateTest {

    private final OrtGate gate = new OrtGate();

    @Test
    void theProcessWaitsForACallThatIsInside() throws Exception {
        var inside = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var call = CompletableFuture.supplyAsync(() -> enter(inside, go));
        inside.await();
        assertThat(gate.close(Duration.ofMillis(1))).isFalse();
        var closed = CompletableFuture.supplyAsync(() -> gate.close(Duration.ofMinutes(1)));
        go.countDown();
        assertThat(closed.get()).isTrue();
        assertThat(call.get()).isEqualTo("done");
    }

    @Test
    void nobodyEntersOnceTheProcessEnds() throws Exception {
        assertThat(gate.close(Duration.ZERO)).isTrue();
        var inside = new CountDownLatch(1);
        Thread late = Thread.ofPlatform().daemon().start(() -> enter(inside, new CountDownLatch(0)));
        while (late.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(inside.getCount()).isOne();
    }

    private String enter(CountDownLatch inside, CountDownLatch go) {
        try {
            return gate.inside(() -> {
                inside.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return "done";
            });
        } catch (ai.onnxruntime.OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
