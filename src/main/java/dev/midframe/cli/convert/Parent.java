package dev.midframe.cli.convert;

import dev.midframe.support.DaemonThreads;
import java.io.IOException;
import java.io.InputStream;

/**
 * Whoever started this process and holds the other end of its input: a pipe that ends with the process that holds it, however that
 * ends.
 */
record Parent(InputStream input) {

    /** Does something once it is gone. What it writes is not read. */
    void whenGone(Runnable action) {
        new DaemonThreads("midframe-parent")
                .newThread(() -> {
                    awaitEnd();
                    action.run();
                })
                .start();
    }

    private void awaitEnd() {
        try {
            while (input.read() >= 0) {}
        } catch (IOException _) {
            // What cannot be read has ended.
        }
    }
}
