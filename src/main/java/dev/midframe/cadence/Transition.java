package dev.midframe.cadence;

/** What the slots between two neighbouring real frames show. */
sealed interface Transition {

    /**
     * What the slot at hand shows.
     *
     * @param slot between a and b
     * @param a the earlier neighbour
     * @param b the later one
     */
    Output at(Slots slot, RealFrame a, RealFrame b);

    /** The earlier frame stays. */
    record Repeat() implements Transition {
        @Override
        public Output at(Slots slot, RealFrame a, RealFrame b) {
            return new Output.Real(a.sequence(), slot.ptsNanos(), RealFrame.UNKNOWN);
        }
    }

    /** Another scene begins: the earlier frame stays, or one fades into the other. */
    record Cut(boolean fades) implements Transition {
        @Override
        public Output at(Slots slot, RealFrame a, RealFrame b) {
            return !fades || slot.isReal()
                    ? new Output.Real(a.sequence(), slot.ptsNanos(), RealFrame.UNKNOWN)
                    : new Output.Blended(
                            a.sequence(), b.sequence(), slot.fraction(), slot.ptsNanos(), RealFrame.UNKNOWN);
        }
    }

    /**
     * The picture moves. The neighbours lie in the interval from one frame to the other; what lies between them and these
     * repeats {@code from}.
     */
    record Motion(Due from, Due to) implements Transition {
        @Override
        public Output at(Slots slot, RealFrame a, RealFrame b) {
            long first = from.frame().sequence();
            // Differences first: a double holds no timestamp in nanoseconds exactly.
            double since = a.ptsNanos() - from.nanos() + slot.fraction() * (b.ptsNanos() - a.ptsNanos());
            boolean isFirst =
                    from.isDelayed() ? Math.abs(since) <= slot.tolerance() : slot.isReal() && a.sequence() == first;
            return isFirst
                    ? new Output.Real(first, slot.ptsNanos(), RealFrame.UNKNOWN)
                    : new Output.Generated(
                            first,
                            to.frame().sequence(),
                            since / (to.nanos() - from.nanos()),
                            slot.ptsNanos(),
                            RealFrame.UNKNOWN);
        }
    }
}
