package dev.midframe.tensorrt;

import dev.midframe.interpolation.BuildListener;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds up the end of the process while an engine is opened, and cancels its build: native code that still builds would
 * lose its memory to the C library's exit handlers and crash.
 */
public final class UntilExit implements BuildListener, AutoCloseable {

    /** A cancelled build ends within one of its steps, which take seconds. */
    private static final long LONGEST_STEP_SECONDS = 30;

    /** Of this process, as the exit handlers are. */
    private static final Set<UntilExit> OPENING = ConcurrentHashMap.newKeySet();

    private final BuildListener listener;
    private final CountDownLatch opened = new CountDownLatch(1);
    private final Thread atExit = new Thread(this::cancelAndWait);
    private volatile boolean exiting;

    /**
     * @param listener gets the progress of the build, and may cancel it too
     * @throws TensorRtException when the process is ending already
     */
    public UntilExit(BuildListener listener) {
        this.listener = listener;
        try {
            java.lang.Runtime.getRuntime().addShutdownHook(atExit);
        } catch (IllegalStateException e) {
            throw new TensorRtException("no engine is opened while the program ends", e);
        }
        OPENING.add(this);
    }

    /** Cancels what is being opened and waits for its end, in a program whose end runs no shutdown hooks. */
    public static void closeBeforeExit() {
        OPENING.forEach(opening -> opening.exiting = true);
        OPENING.forEach(UntilExit::cancelAndWait);
    }

    @Override
    public void progress(String what, double fraction) {
        listener.progress(what, fraction);
    }

    @Override
    public boolean cancelled() {
        return exiting || listener.cancelled();
    }

    /** The engine is open, or failed to. */
    @Override
    public void close() {
        opened.countDown();
        OPENING.remove(this);
        try {
            java.lang.Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process is ending and has waited for this.
        }
    }

    private void cancelAndWait() {
        exiting = true;
        try {
            opened.await(LONGEST_STEP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
