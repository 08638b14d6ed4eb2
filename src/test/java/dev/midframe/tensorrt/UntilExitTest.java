package dev.midframe.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.interpolation.BuildListener;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class UntilExitTest {

    @Test
    void theProcessEndsOnlyAfterABuildHasBeenCancelledAndHasEnded() throws Exception {
        assertThat(linesOf(EndingWhileBuilding.class)).containsExactly("exit", "the build has ended", "too late");
    }

    @Test
    void theProcessEndsAtOnceWhenNothingIsBuiltAnyMore() throws Exception {
        assertThat(linesOf(EndingAfterBuilding.class)).containsExactly("exit");
    }

    @Test
    void whoAsksForTheEngineMayCancelItToo() {
        BuildListener cancelling = new BuildListener() {
            @Override
            public void progress(String what, double fraction) {}

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        try (UntilExit opening = new UntilExit(cancelling)) {
            assertThat(opening.cancelled()).isTrue();
        }
        try (UntilExit opening = new UntilExit(BuildListener.SILENT)) {
            assertThat(opening.cancelled()).isFalse();
        }
    }

    private static Iterable<String> linesOf(Class<?> program) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName())
                .redirectErrorStream(true)
                .start();
        Iterable<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor()).isZero();
        return lines;
    }

    /** A program that ends while an engine is built. */
    static final class EndingWhileBuilding {

        private EndingWhileBuilding() {}

        public static void main(String[] arguments) throws InterruptedException {
            CountDownLatch begun = new CountDownLatch(1);
            Thread.ofPlatform().daemon().start(() -> {
                try (UntilExit opening = new UntilExit(BuildListener.SILENT)) {
                    begun.countDown();
                    while (!opening.cancelled()) {
                        Thread.onSpinWait();
                    }
                    System.out.println("the build has ended");
                    tryAgain();
                }
            });
            begun.await();
            System.out.println("exit");
            System.exit(0);
        }

        private static void tryAgain() {
            try {
                new UntilExit(BuildListener.SILENT).close();
            } catch (TensorRtException e) {
                System.out.println("too late");
            }
        }
    }

    /** A program that ends when its engine is open. */
    static final class EndingAfterBuilding {

        private EndingAfterBuilding() {}

        public static void main(String[] arguments) {
            new UntilExit(BuildListener.SILENT).close();
            System.out.println("exit");
            System.exit(0);
        }
    }
}
