package dev.midframe.video;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Some of the pixels of every frame of a format: taken from one frame, they can be put into others. */
public final class PixelRuns {

    /** Bytes side by side in one row of a plane. */
    private record Run(int plane, int row, int offset, int bytes) {}

    private final PixelFormat format;
    private final List<Run> runs = new ArrayList<>();
    private int bytes;

    /** None yet. */
    public PixelRuns(PixelFormat format) {
        this.format = format;
    }

    /** Adds positions {@code start} to {@code end - 1} of a plane's row. */
    public void add(int plane, int row, int start, int end) {
        int positionBytes = format.samplesPerPosition(plane) * format.bytesPerSample();
        Run run = new Run(plane, row, start * positionBytes, (end - start) * positionBytes);
        runs.add(run);
        bytes += run.bytes;
    }

    /** Remembers what these pixels are in a frame; what is given puts that into another. */
    public Consumer<VideoFrame> takenFrom(VideoFrame frame) {
        byte[] pixels = new byte[bytes];
        int position = 0;
        for (Run run : runs) {
            MemorySegment.copy(
                    plane(frame, run), ValueLayout.JAVA_BYTE, start(frame, run), pixels, position, run.bytes);
            position += run.bytes;
        }
        return target -> {
            int from = 0;
            for (Run run : runs) {
                MemorySegment.copy(
                        pixels, from, plane(target, run), ValueLayout.JAVA_BYTE, start(target, run), run.bytes);
                from += run.bytes;
            }
        };
    }

    private static MemorySegment plane(VideoFrame frame, Run run) {
        return frame.planes().get(run.plane).data();
    }

    private static long start(VideoFrame frame, Run run) {
        return (long) run.row * frame.planes().get(run.plane).stride() + run.offset;
    }
}
