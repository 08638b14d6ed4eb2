package dev.midframe.cadence;

import dev.midframe.cadence.pulldown.Pulldown;
import org.jspecify.annotations.Nullable;

/** When the frames of a pulldown pattern are due, and what is shown until the one that is held is. */
final class DueTimes {
    private final Pulldown pulldown = new Pulldown();
    /** How much later than it came the held frame is due. */
    private long delayNanos;
    /** The frame before the held one, while that may still be shown. */
    private @Nullable Due earlier;

    /** Whatever comes next is due when it comes. */
    void reset() {
        delayNanos = 0;
        earlier = null;
        pulldown.reset();
    }

    /** When the held frame is due. */
    Due of(RealFrame held) {
        return new Due(held, held.ptsNanos() + delayNanos);
    }

    /**
     * A picture has ended and another frame has come that continues the pattern.
     *
     * @param held the picture's first frame
     * @param frames how many frames showed it
     * @return how much later than it came the next one would be due, in nanoseconds
     */
    long delayOf(RealFrame next, RealFrame held, int frames) {
        return pulldown.next(held.ptsNanos(), frames, next.ptsNanos());
    }

    /** The pattern is broken. */
    void breakPattern() {
        pulldown.reset();
    }

    /** Goes on from the held frame to the next one. */
    void advance(RealFrame held, long nextDelayNanos) {
        earlier = nextDelayNanos > 0 ? of(held) : null;
        delayNanos = nextDelayNanos;
    }

    /** The oldest frame that is still needed beside the held one. */
    RealFrame oldest(RealFrame held) {
        return earlier == null ? held : earlier.frame();
    }

    /** What a slot shows before the held frame is due; null when it is. */
    @Nullable
    Output before(RealFrame held, Slots slot) {
        long dueNanos = held.ptsNanos() + delayNanos;
        if (earlier == null || slot.ptsNanos() >= dueNanos - slot.tolerance()) {
            return null;
        }
        long from = earlier.frame().sequence();
        long since = slot.ptsNanos() - earlier.nanos();
        if (since <= slot.tolerance()) {
            return new Output.Real(from, slot.ptsNanos(), RealFrame.UNKNOWN);
        }
        double time = (double) since / (dueNanos - earlier.nanos());
        return new Output.Generated(from, held.sequence(), time, slot.ptsNanos(), RealFrame.UNKNOWN);
    }
}
