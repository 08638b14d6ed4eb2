package dev.midframe.cli.convert;

import dev.midframe.convert.Conversion;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The conversion that is under way, for the signal that stops it. */
final class Running {

    private static final long STOP_SECONDS = 10;

    private @Nullable Conversion current;
    private CountDownLatch ended = new CountDownLatch(0);
    private OptionalInt exitCode = OptionalInt.empty();

    /** From now on this one is stopped; until what is returned is closed. */
    synchronized AutoCloseableQuietly run(Conversion conversion) {
        current = conversion;
        var latch = new CountDownLatch(1);
        ended = latch;
        if (isStopped()) {
            conversion.stop();
        }
        return latch::countDown;
    }

    /** Stops it, and lets the program end; what hangs is ended with the process, and its incomplete file with it. */
    void stop(int code) {
        Conversion conversion;
        CountDownLatch latch;
        synchronized (this) {
            exitCode = OptionalInt.of(code);
            conversion = current;
            latch = ended;
        }
        if (conversion == null) {
            return;
        }
        Thread.ofPlatform().daemon().name("stop").start(conversion::stop);
        try {
            if (!latch.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                conversion.removeOutput();
                Runtime.getRuntime().halt(code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized boolean isStopped() {
        return exitCode.isPresent();
    }

    /** Of a process that a signal stopped. */
    synchronized OptionalInt exitCode() {
        return exitCode;
    }

    /** Ends without an exception. */
    @FunctionalInterface
    interface AutoCloseableQuietly extends AutoCloseable {

        @Override
        void close();
    }
}
