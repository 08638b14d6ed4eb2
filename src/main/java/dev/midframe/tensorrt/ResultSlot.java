package dev.midframe.tensorrt;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Pinned host memory for the frames of one pair, with an event each that says when the frame has arrived. */
final class ResultSlot {

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
        place(0);
    }

    /** The place of a pair's frame; made when a pair has more frames than any before. */
    Place place(int index) {
        while (places.size() <= index) {
            places.add(new Place(cuda.pin(frameBytes), cuda.pin(ValueLayout.JAVA_FLOAT.byteSize()), cuda.event()));
        }
        return places.get(index);
    }
}
