package dev.midframe.quality.method;

import dev.midframe.quality.material.Sequence;
import dev.midframe.quality.material.Triplet;
import dev.midframe.video.VideoFrame;
import java.util.OptionalInt;

/** A way to make the frame between two. Goes through sequences one after the other, triplet by triplet. */
public interface Method extends AutoCloseable {

    /** What the reports call it. */
    String name();

    /** Who does it, in one line for people. */
    String description();

    /** Begins a sequence. */
    default void start(Sequence sequence) {}

    /**
     * Makes the middle frame of the sequence's next triplet, without looking at the real one.
     *
     * @param target written whole; of the triplet's format
     */
    void between(Triplet triplet, VideoFrame target);

    /** Passes over the sequence's next triplet without making its middle frame. */
    default void skip(Triplet triplet) {}

    /**
     * Makes the frame between two identical ones, halfway.
     *
     * @return the largest difference from them of any channel anywhere in code values; empty where it is 0 by definition
     */
    default OptionalInt stillness(VideoFrame frame) {
        return OptionalInt.empty();
    }

    @Override
    default void close() {}
}
