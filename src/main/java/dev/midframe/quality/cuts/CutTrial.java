package dev.midframe.quality.cuts;

import dev.midframe.cadence.change.Change;
import dev.midframe.cadence.change.ChangeDetector;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;

/** A detector that sees some frames of a clip as they are and the next ones altered. */
final class CutTrial implements AutoCloseable {
    /** Frames before the altered ones: at least {@link ChangeDetector#MEMORY}. */
    static final int LEAD = 10;

    private final int position;
    private final CutAlteration alteration;
    private final Arena arena = Arena.ofConfined();
    private final VideoFrame altered;
    private final ChangeDetector detector;
    private boolean cut;
    private double difference;

    /**
     * Prepares a trial.
     *
     * @param position the clip's first frame that is altered, {@link #LEAD} or more
     */
    CutTrial(FrameFormat format, int position, CutAlteration alteration, double threshold) {
        this.position = position;
        this.alteration = alteration;
        altered = VideoFrame.allocate(format, arena);
        detector = new ChangeDetector(format, threshold);
    }

    /** Takes the clip's frames in order; those that do not matter are passed over. */
    void feed(int index, VideoFrame real) {
        if (index < position - LEAD || index >= position + alteration.frames()) {
            return;
        }
        if (index < position) {
            detector.detect(real);
            return;
        }
        alteration.apply(index - position, CutLuma.of(real)).writeTo(altered);
        cut |= detector.detect(altered) == Change.CUT;
        difference = Math.max(difference, detector.structureDifference());
    }

    CutAlteration alteration() {
        return alteration;
    }

    int position() {
        return position;
    }

    /** Whether a cut was seen in the altered frames. */
    boolean cut() {
        return cut;
    }

    /** The largest structure difference in the altered frames. */
    double difference() {
        return difference;
    }

    @Override
    public void close() {
        arena.close();
    }
}
