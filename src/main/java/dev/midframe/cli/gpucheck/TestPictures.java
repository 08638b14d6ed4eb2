package dev.midframe.cli.gpucheck;

import dev.midframe.video.FrameFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.IntStream;

/** Three pictures of waves that move, with detail everywhere, also in the corners; 8 bits, the same every time. */
public final class TestPictures implements AutoCloseable {

    private static final int COUNT = 3;
    private static final double PIXELS_A_FRAME = 6;

    private final Arena arena = Arena.ofShared();
    private final List<VideoFrame> frames;

    public TestPictures(FrameFormat format) {
        frames = IntStream.range(0, COUNT)
                .mapToObj(number -> picture(format, number * PIXELS_A_FRAME))
                .toList();
    }

    public List<VideoFrame> frames() {
        return frames;
    }

    @Override
    public void close() {
        arena.close();
    }

    private VideoFrame picture(FrameFormat format, double shift) {
        VideoFrame frame = VideoFrame.allocate(format, arena);
        for (int plane = 0; plane < frame.planes().size(); plane++) {
            MemorySegment data = frame.planes().get(plane).data();
            int stride = frame.planes().get(plane).stride();
            double scale = plane == 0 ? 1 : 2;
            for (long offset = 0; offset < data.byteSize(); offset++) {
                double x = (offset % stride) * scale + shift;
                double y = (offset / stride) * scale + shift / 2;
                double wave = Math.sin(x / 17) + Math.sin(y / 23) + Math.sin((x + y) / 5) / 2;
                data.set(ValueLayout.JAVA_BYTE, offset, (byte) Math.round(126 + 40 * wave));
            }
        }
        return frame;
    }
}
