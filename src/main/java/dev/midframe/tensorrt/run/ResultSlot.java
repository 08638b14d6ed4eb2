package dev.midframe.tensorrt.run;

import dev.midframe.tensorrt.cuda.CudaContext;
import dev.midframe.tensorrt.cuda.GpuMemoryException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Pinned host memory for the frames of one pair, with an event each that says when the frame has arrived. */
public final class ResultSlot {

    /**
     * A frame's place.
     *
     * @param pixels packed
     * @param time one float, read by the device
     * @param arrived happens when the pixels are there
     */
    record Place(MemorySegment pixels, MemorySegment time, MemorySegment arrived) {}

    private final CudaContext cuda;
    private final long frameBytes;
    private final List<Place> places = new ArrayList<>();

    ResultSlot(CudaContext cuda, long frameBytes) {
        this.cuda = cuda;
        this.frameBytes = frameBytes;
        places(1);
    }

    /**
     * The places of a pair's frames; made when a pair has more frames than any before.
     *
     * @throws GpuMemoryException when no more host memory can be pinned
     */
    List<Place> places(int count) {
        while (places.size() < count) {
            int before = cuda.mark();
            try {
                places.add(new Place(cuda.pin(frameBytes), cuda.pin(ValueLayout.JAVA_FLOAT.byteSize()), cuda.event()));
            } catch (GpuMemoryException e) {
                cuda.freeBackTo(before);
                throw e;
            }
        }
        return places;
    }

    /** The place of one of them. */
    public Place place(int index) {
        return places.get(index);
    }
}
