package dev.midframe.tensorrt.run;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** A stream's engines with their memory, and what they do for a frame, a pair and a generated frame. Two frames are there at a time. */
public interface FilmWork extends AutoCloseable {

    /** Something that is started on a stream. */
    @FunctionalInterface
    interface Step {
        void enqueue(MemorySegment stream);
    }

    /** Where the frame of a buffer is uploaded to. */
    long frameIn(int buffer);

    /** Where a generated frame is downloaded from. */
    long frameOut(int buffer);

    /** Where its time is written to. */
    long time(int buffer);

    /** What is made of the frame in a buffer. */
    List<Step> features(int frame);

    /** What is made of the pair whose later frame is in a buffer. */
    List<Step> flow(int second);

    /** How a frame between them is generated. */
    List<Step> fusion(int second, int out);

    /** Closes the engines' contexts; memory goes with the CUDA context. */
    @Override
    void close();
}
