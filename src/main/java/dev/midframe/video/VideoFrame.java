package dev.midframe.video;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A frame in native memory. It owns nothing: whoever made it keeps the memory alive while the frame is in use.
 *
 * @param format layout and size
 * @param planes one per memory plane, as many as the pixel format has
 */
public record VideoFrame(FrameFormat format, List<Plane> planes) {

    /**
     * One plane of samples.
     *
     * @param data at least {@code (rows - 1) * stride + row bytes} bytes
     * @param stride bytes from one row to the next, at least a row's bytes
     */
    public record Plane(MemorySegment data, int stride) {}

    public VideoFrame {
        planes = List.copyOf(planes);
        if (planes.size() != format.pixelFormat().planes()) {
            throw new IllegalArgumentException(planes.size() + " planes for " + format.pixelFormat());
        }
    }

    /** A frame without row padding in memory of the arena. */
    public static VideoFrame allocate(FrameFormat format, Arena arena) {
        return packed(format, arena.allocate(format.packedBytes(), 64));
    }

    /** A frame over packed memory: planes one after the other, rows without padding. */
    public static VideoFrame packed(FrameFormat format, MemorySegment memory) {
        List<Plane> planes = new ArrayList<>();
        long offset = 0;
        for (int plane = 0; plane < format.pixelFormat().planes(); plane++) {
            int stride = format.pixelFormat().rowBytes(plane, format.width());
            long bytes = (long) stride * format.pixelFormat().planeHeight(plane, format.height());
            planes.add(new Plane(memory.asSlice(offset, bytes), stride));
            offset += bytes;
        }
        return new VideoFrame(format, planes);
    }

    /**
     * The same memory for any thread, whatever arena it is of. Nothing keeps it alive: whoever hands it out waits until the other
     * threads have done.
     */
    public VideoFrame openToThreads() {
        return new VideoFrame(
                format,
                planes.stream()
                        .map(plane -> new Plane(
                                MemorySegment.ofAddress(plane.data.address()).reinterpret(plane.data.byteSize()),
                                plane.stride))
                        .toList());
    }

    /** Copies the pixels of another frame of the same format; strides may differ. */
    public void copyFrom(VideoFrame source) {
        if (!source.format.equals(format)) {
            throw new IllegalArgumentException("cannot copy " + source.format + " into " + format);
        }
        for (int plane = 0; plane < planes.size(); plane++) {
            Plane from = source.planes.get(plane);
            Plane to = planes.get(plane);
            int rowBytes = format.pixelFormat().rowBytes(plane, format.width());
            int rows = format.pixelFormat().planeHeight(plane, format.height());
            if (from.stride == rowBytes && to.stride == rowBytes) {
                MemorySegment.copy(from.data, 0, to.data, 0, (long) rowBytes * rows);
                continue;
            }
            for (long row = 0; row < rows; row++) {
                MemorySegment.copy(from.data, row * from.stride, to.data, row * to.stride, rowBytes);
            }
        }
    }
}
