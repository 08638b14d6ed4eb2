package dev.midframe.onnx;

import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Runs an engine on small frames until Java's compilers have made fast code of its operators: some hundred times slower before, they
 * are warm when pairs no longer get faster.
 */
final class WarmUp {

    /** Wide enough for the operators' loops over whole vectors in all planes and levels. */
    static final int WIDTH = 128;

    static final int HEIGHT = 64;

    private static final int LEAST_PAIRS = 40;
    private static final int MOST_PAIRS = 400;

    /** Pairs over which the fastest is sought. */
    private static final int SPAN = 20;

    private static final double NO_LONGER_FASTER = 0.9;
    private static final int STEP = 3;

    private final FrameInterpolator engine;

    /** @param engine for frames of {@link #WIDTH} x {@link #HEIGHT}, not owned */
    WarmUp(FrameInterpolator engine) {
        this.engine = engine;
    }

    /**
     * Runs pairs until they are fast.
     *
     * @return whether they are; not when the caller stopped it before
     */
    boolean run(BooleanSupplier stopped) {
        try (Arena arena = Arena.ofConfined()) {
            VideoFrame target = VideoFrame.allocate(engine.format(), arena);
            VideoFrame[] frames = frames(arena);
            long fastestBefore = Long.MAX_VALUE;
            long fastest = Long.MAX_VALUE;
            engine.advance(frames[0]);
            for (int pair = 1; pair <= MOST_PAIRS && !stopped.getAsBoolean(); pair++) {
                long start = System.nanoTime();
                engine.advance(frames[pair % frames.length]);
                try (GeneratedFrames generated = engine.interpolate(0.5)) {
                    generated.copyTo(0, target);
                }
                fastest = Math.min(fastest, System.nanoTime() - start);
                if (pair % SPAN == 0) {
                    if (pair >= LEAST_PAIRS && fastest > NO_LONGER_FASTER * fastestBefore) {
                        return true;
                    }
                    fastestBefore = fastest;
                    fastest = Long.MAX_VALUE;
                }
            }
            return !stopped.getAsBoolean();
        }
    }

    /** Frames as videos have them: texture of which a part stands still and a part moves, smoothly or not, so that no branch is left out. */
    private VideoFrame[] frames(Arena arena) {
        FrameFormat format = engine.format();
        byte[] texture = new byte[1 << 14];
        new Random(1).nextBytes(texture);
        VideoFrame[] frames = new VideoFrame[4];
        for (int number = 0; number < frames.length; number++) {
            frames[number] = VideoFrame.allocate(format, arena);
            for (VideoFrame.Plane plane : frames[number].planes()) {
                draw(plane.data(), texture, number);
            }
        }
        return frames;
    }

    private static void draw(MemorySegment plane, byte[] texture, int number) {
        long size = plane.byteSize();
        for (long index = 0; index < size; index++) {
            boolean moves = index > size / 3;
            long from = moves ? index + (long) STEP * number : index;
            int smooth = (int) (60 * Math.sin(from * 0.1));
            int noise = index > 2 * size / 3 ? texture[(int) (from % texture.length)] / 4 : 0;
            plane.set(ValueLayout.JAVA_BYTE, index, (byte) (128 + smooth + noise));
        }
    }
}
