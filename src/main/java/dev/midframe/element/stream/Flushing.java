package dev.midframe.element.stream;

import dev.midframe.interpolation.InterpolationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Whether a flush is going on or the stream ends, and waiting that ends when either begins. */
public final class Flushing {

    private boolean flush;
    private boolean stopped;

    public synchronized void begin() {
        flush = true;
        notifyAll();
    }

    public synchronized void end() {
        flush = false;
    }

    /** The stream ends: nobody waits here until {@link #start}. */
    public synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    public synchronized void start() {
        stopped = false;
        flush = false;
    }

    public synchronized boolean isOn() {
        return flush || stopped;
    }

    /** What somebody waits for may have come. From any thread. */
    public synchronized void wake() {
        notifyAll();
    }

    /**
     * Waits for one {@link #wake}, unless what is waited for has come.
     *
     * @param nanos to wait at most
     * @throws Flow.Stop when a flush is going on or begins meanwhile, or the stream ends
     */
    synchronized void pause(BooleanSupplier hasCome, long nanos) {
        if (!isOn() && !hasCome.getAsBoolean()) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, nanos);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterpolationException("interrupted while waiting for a frame", e);
            }
        }
        if (isOn()) {
            throw new Flow.Stop(Flow.FLUSHING);
        }
    }
}
