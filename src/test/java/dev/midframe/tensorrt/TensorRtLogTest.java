package dev.midframe.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.ffi.tensorrt.SlotTable;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class TensorRtLogTest {

    private static final int ERROR = 1;
    private static final int WARNING = 2;

    private final TensorRtLog log = new TensorRtLog(new SlotTable(11));

    @Test
    void givesEachErrorOnceInOneLineAndNoWarnings() {
        log.log(ERROR, "first\n  of two lines\n");
        log.log(WARNING, "slow");
        log.log(ERROR, "second");

        assertThat(log.takeErrors()).containsExactly("first of two lines", "second");
        assertThat(log.takeErrors()).isEmpty();
    }

    @Test
    void aCallersErrorsAreItsOwn() throws Exception {
        log.takeErrors();
        log.log(ERROR, "mine");
        List<String> others = onAnotherThread(() -> {
            log.takeErrors();
            log.log(ERROR, "of the other");
            return log.takeErrors();
        });

        assertThat(others).containsExactly("of the other");
        assertThat(log.takeErrors()).containsExactly("mine");
    }

    @Test
    void anErrorOfAThreadThatNeverCallsIsTheCallers() throws Exception {
        log.takeErrors();
        onAnotherThread(() -> {
            log.log(ERROR, "out of memory");
            return List.of();
        });

        assertThat(log.takeErrors()).containsExactly("out of memory");
    }

    private static List<String> onAnotherThread(Callable<List<String>> work) throws Exception {
        FutureTask<List<String>> task = new FutureTask<>(work);
        Thread.ofPlatform().start(task);
        return task.get();
    }
}
