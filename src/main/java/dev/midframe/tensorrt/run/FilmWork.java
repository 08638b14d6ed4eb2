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

    /** Of a frame's features, in every plan. */
    String FEATURES = "FEATURES";

    /** Of a generated frame, in every plan. */
    String FUSION = "FUSION";

    /** A frame's packed bytes, coming in and going out. */
    String FRAME = "frame";

    String TIME = "time";

    /** The engines and their memory. */
    EngineContexts contexts();

    /** Where the frame of a buffer is uploaded to. */
    default long frameIn(int buffer) {
        return contexts().address(FEATURES, FRAME, buffer);
    }

    /** Where a generated frame is downloaded from. */
    default long frameOut(int buffer) {
        return contexts().address(FUSION, FRAME, buffer);
    }

    /** Where its time is written to. */
    default long time(int buffer) {
        return contexts().address(FUSION, TIME, buffer);
    }

    /** What is made of the frame in a buffer. */
    default List<Step> features(int frame) {
        return List.of(contexts().run(FEATURES, name -> contexts().address(FEATURES, name, frame)));
    }

    /** What is made of the pair whose later frame is in a buffer. */
    List<Step> flow(int second);

    /** How a frame between them is generated. */
    List<Step> fusion(int second, int out);

    /** Closes the engines' contexts; memory goes with the CUDA context. */
    @Override
    default void close() {
        contexts().close();
    }
}
