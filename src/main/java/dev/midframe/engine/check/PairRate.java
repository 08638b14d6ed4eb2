package dev.midframe.engine.check;

import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.video.VideoFrame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** How many pairs an engine makes a second, copies included, with as many in flight as it takes. */
final class PairRate {

    private static final int WARM_UP = 5;
    private static final int MOST = 200;
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private PairRate() {}

    /**
     * Measures for a second at most.
     *
     * @param target for the generated frames
     * @return pairs a second
     */
    static double of(FrameInterpolator film, List<VideoFrame> frames, VideoFrame target) {
        Deque<GeneratedFrames> inFlight = new ArrayDeque<>();
        film.advance(frames.get(0));
        long begin = System.nanoTime();
        int measured = 0;
        for (int pair = 1; measured < MOST && System.nanoTime() - begin < LONGEST.toNanos(); pair++) {
            film.advance(frames.get(pair % frames.size()));
            inFlight.add(film.interpolate(0.5));
            if (inFlight.size() == film.depth()) {
                fetch(inFlight.remove(), target);
            }
            measured++;
            if (pair == WARM_UP) {
                begin = System.nanoTime();
                measured = 0;
            }
        }
        inFlight.forEach(pair -> fetch(pair, target));
        return measured * 1e9 / Math.max(1, System.nanoTime() - begin);
    }

    private static void fetch(GeneratedFrames pair, VideoFrame target) {
        try (pair) {
            pair.copyTo(0, target);
        }
    }
}
