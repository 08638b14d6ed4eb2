package dev.midframe.onnx.operator;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Vectors as wide as the processor's. Constants, or else no vector instructions come of them. */
final class Lanes {

    static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);

    /** The first half of two vectors woven into each other, a number of one and a number of the other in turn. */
    static final VectorShuffle<Float> ZIP_FIRST = VectorShuffle.makeZip(FLOATS, 0);

    /** The second half. */
    static final VectorShuffle<Float> ZIP_LAST = VectorShuffle.makeZip(FLOATS, 1);

    private Lanes() {}

    /** So many numbers, rounded up to whole vectors. */
    static int whole(int count) {
        return Math.ceilDiv(count, FLOATS.length()) * FLOATS.length();
    }
}
