package dev.midframe.cadence.change;

import dev.midframe.video.FrameFormat;
import dev.midframe.video.VideoFrame;

/**
 * Detects motion, repeats and scene cuts from one frame to the next, by luma alone. Keeps a digest of the frame before, not
 * the frame.
 *
 * <p>A frame repeats its predecessor if no block of 8x8 pixels differs in its mean by 6 or more 8-bit code values, and
 * the blocks' mean difference is at most 0.12: compression noise passes, a fade or a slow pan does not. A cut is one event: a
 * {@link StructureDifference} above the threshold plus the mean of the {@value RecentDifferences#PAIRS} pairs before,
 * and more than one and a half times that of the pair before. Wild motion, which goes on from pair to pair, is therefore not taken for cuts;
 * nor is the second of two cuts in a row. How well this does on real material is in docs/results/quality.md.
 *
 * <p>What it says of a frame depends on that frame and the {@value #MEMORY} before it alone: begun that many frames earlier,
 * another detector says the same from there on.
 */
public final class ChangeDetector {
    /** The structure difference between 0 and 1 from which two frames are different scenes. */
    public static final double DEFAULT_SCENE_THRESHOLD = 0.24;

    /** How many frames before a frame decide what it is. */
    public static final int MEMORY = RecentDifferences.PAIRS + 1;

    private static final float REPEAT_LARGEST = 6;
    private static final float REPEAT_MEAN = 0.12f;
    private static final double OVER_LAST = 1.5;

    private final double sceneThreshold;
    private final StructureDifference structure;
    private final RecentDifferences recent = new RecentDifferences();
    private FrameDigest current;
    private FrameDigest previous;
    private boolean first = true;
    private double difference;

    /**
     * A detector for one stream.
     *
     * @param sceneThreshold above 0; at 1 or more hardly anything is a cut
     */
    public ChangeDetector(FrameFormat format, double sceneThreshold) {
        if (!(sceneThreshold > 0)) {
            throw new IllegalArgumentException("the scene threshold " + sceneThreshold + " is not above 0");
        }
        this.sceneThreshold = sceneThreshold;
        current = new FrameDigest(format);
        previous = new FrameDigest(format);
        structure = new StructureDifference(
                current.small().columns(), current.small().rows());
    }

    /** What the frame is against the one before; {@link Change#MOTION} for the first. The frame is not kept. */
    public Change detect(VideoFrame frame) {
        FrameDigest digest = previous;
        previous = current;
        current = digest;
        current.read(frame);
        if (first) {
            first = false;
            difference = 0;
            return Change.MOTION;
        }
        if (isRepeat()) {
            difference = 0;
            recent.addRepeat();
            return Change.REPEAT;
        }
        difference = structure.between(previous.small().means(), current.small().means());
        boolean cut = difference > Math.max(sceneThreshold + recent.mean(), OVER_LAST * recent.last());
        recent.add(difference);
        return cut ? Change.CUT : Change.MOTION;
    }

    /** The structure difference of the last frame to its predecessor; 0 for the first and for repeats. */
    public double structureDifference() {
        return difference;
    }

    /** Forgets all frames (flush, new segment): the next is a first one. */
    public void reset() {
        first = true;
        recent.clear();
    }

    private boolean isRepeat() {
        float[] now = current.blocks().means();
        float[] before = previous.blocks().means();
        float largest = 0;
        float sum = 0;
        for (int i = 0; i < now.length; i++) {
            float block = Math.abs(now[i] - before[i]);
            largest = Math.max(largest, block);
            sum += block;
        }
        return largest < REPEAT_LARGEST && sum <= REPEAT_MEAN * now.length;
    }
}
