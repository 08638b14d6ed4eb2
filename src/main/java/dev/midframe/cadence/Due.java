package dev.midframe.cadence;

/**
 * A real frame and when it is due: when it came, or a part of a frame later.
 *
 * @param nanos on the time line of presentation
 */
record Due(RealFrame frame, long nanos) {

    boolean isDelayed() {
        return nanos > frame.ptsNanos();
    }
}
