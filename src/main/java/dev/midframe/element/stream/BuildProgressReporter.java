package dev.midframe.element.stream;

import dev.midframe.element.Messages;
import dev.midframe.interpolation.BuildListener;
import java.util.function.BooleanSupplier;

/**
 * Passes on to the bus how far the building of one engine is, each whole percent once. The build may go on in a thread of
 * its own and outlive the element: after {@link #end} nothing of the element is touched any more.
 */
final class BuildProgressReporter implements BuildListener {

    private final Messages messages;
    private final BooleanSupplier active;
    private boolean ended;
    private int reported = -1;

    /** @param active whether the element's stream may still go on; false cancels a build */
    BuildProgressReporter(Messages messages, BooleanSupplier active) {
        this.messages = messages;
        this.active = active;
    }

    @Override
    public synchronized void progress(String what, double fraction) {
        int percent = (int) (100 * fraction);
        if (!ended && percent != reported) {
            reported = percent;
            messages.engineBuild(what, percent);
        }
    }

    @Override
    public synchronized boolean cancelled() {
        return ended || !active.getAsBoolean();
    }

    /** The engine is not wanted any more. */
    synchronized void end() {
        ended = true;
    }
}
