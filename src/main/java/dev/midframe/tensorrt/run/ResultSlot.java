package dev.midframe.tensorrt.run;

import dev.midframe.tensorrt.cuda.CudaContext;
import dev.midframe.tensorrt.cuda.GpuMemoryException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Pinned host memory for the frames of one pair, with an event each that says when the frame has arrived. */
public final class ResultSlot {

    /**
     * A frame that comes out, and what it needs.
     *
     * @param pixels packed
     * @param arrived happens when the pixels are there
     */
    record PinnedFrame(MemorySegment pixels, MemorySegment arrived) {}

    private final CudaContext cuda;
    private final long frameBytes;
    private final List<PinnedFrame> frames = new ArrayList<>();

    ResultSlot(CudaContext cuda, long frameBytes) {
        this.cuda = cuda;
        this.frameBytes = frameBytes;
        frames(1);
    }

    /**
     * The memory of a pair's frames; made when a pair has more frames than any before.
     *
     * @throws GpuMemoryException when no more host memory can be pinned
     */
    List<PinnedFrame> frames(int count) {
        while (frames.size() < count) {
            int before = cuda.mark();
            try {
                frames.add(new PinnedFrame(cuda.pin(frameBytes), cuda.event()));
            } catch (GpuMemoryException e) {
                cuda.freeBackTo(before);
                throw e;
            }
        }
        return frames;
    }

    /** One of them. */
    public PinnedFrame frame(int index) {
        return frames.get(index);
    }
}
