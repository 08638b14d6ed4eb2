package dev.midframe;

import dev.midframe.video.FrameFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Random;

/** Frames that differ everywhere, for benchmarks. */
public final class NoiseFrame {

    private NoiseFrame() {}

    /** Luma in patches of 64 bytes, so that a small picture of it has structure. */
    public static VideoFrame of(FrameFormat format, long seed, Arena arena) {
        Random random = new Random(seed);
        VideoFrame frame = VideoFrame.allocate(format, arena);
        VideoFrame.Plane luma = frame.planes().getFirst();
        int value = 0;
        for (long i = 0; i < luma.data().byteSize(); i++) {
            if (i % 64 == 0) {
                value = random.nextInt(format.pixelFormat().bytesPerSample() == 2 ? 4 : 256);
            }
            luma.data().set(ValueLayout.JAVA_BYTE, i, (byte) value);
        }
        return frame;
    }
}
