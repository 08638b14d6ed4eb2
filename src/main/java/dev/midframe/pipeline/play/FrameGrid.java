package dev.midframe.pipeline.play;

import dev.midframe.pipeline.VideoCaps;
import java.time.Duration;

/**
 * Where the frames of a film with a constant rate are.
 *
 * @param nanos from one to the next
 */
record FrameGrid(double nanos) {

    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    /** Of films that do not say theirs. */
    private static final double USUAL_RATE = 25;

    /** Times are rounded: a position this little behind a frame's, in frames, is that frame's. */
    private static final double ROUNDING = 0.05;

    /** So far behind a frame's time nothing but that frame is meant, however times were rounded. */
    private static final double INSIDE = 0.02;

    static FrameGrid of(VideoCaps film) {
        double rate = (double) film.rateNumerator() / film.rateDenominator();
        return new FrameGrid(SECOND / (rate > 0 ? rate : USUAL_RATE));
    }

    /** A position within the film's last frame before one, or before a generated one; the first frame has none before it. */
    Duration before(Duration position) {
        double frames = position.toNanos() / nanos;
        double frame = Math.floor(frames + INSIDE);
        double before = frames - frame > ROUNDING ? frame : Math.max(0, frame - 1);
        return Duration.ofNanos((long) ((before + INSIDE) * nanos));
    }
}
