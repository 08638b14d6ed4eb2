package dev.midframe.element.stream;

import dev.midframe.interpolation.InterpolationException;
import java.util.function.BooleanSupplier;

/** Whether a flush is going on, and waiting that ends when one begins. */
public final class Flushing {

    private boolean on;

    public synchronized void begin() {
        on = true;
        notifyAll();
    }

    public synchronized void end() {
        on = false;
    }

    public synchronized boolean isOn() {
        return on;
    }

    /** What somebody waits for may have come. */
    synchronized void wake() {
        notifyAll();
    }

    /**
     * Waits until something has come; whoever brings it calls {@link #wake}.
     *
     * @throws Flow.Stop when a flush is going on or begins before
     */
    synchronized void await(BooleanSupplier hasCome) {
        while (on || !hasCome.getAsBoolean()) {
            if (on) {
                throw new Flow.Stop(Flow.FLUSHING);
            }
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterpolationException("interrupted while waiting for a frame", e);
            }
        }
    }
}
