package dev.midframe.onnx.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Vectors as wide as the processor's. Constants, or else no vector instructions come of them. */
public final class Lanes {

    public static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    public static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);

    /** As many bytes; where vectors have but four floats, more, for there are no smaller ones. */
    public static final VectorSpecies<Byte> BYTES = VectorSpecies.of(
            byte.class,
            VectorShape.forBitSize(Math.max(FLOATS.length() * Byte.SIZE, VectorShape.S_64_BIT.vectorBitSize())));

    /** The first half of two vectors woven into each other, an element of one and one of the other in turn. */
    public static final VectorShuffle<Float> ZIP_FIRST = VectorShuffle.makeZip(FLOATS, 0);

    /** The second half. */
    public static final VectorShuffle<Float> ZIP_LAST = VectorShuffle.makeZip(FLOATS, 1);

    /** Every other element of two vectors one after the other, for {@code selectFrom}. */
    public static final IntVector EVEN = IntVector.zero(INTS).addIndex(2);

    /** The elements between. */
    public static final IntVector ODD = EVEN.add(1);

    private Lanes() {}

    /** So many elements, rounded up to whole vectors. */
    public static int whole(int count) {
        return Math.ceilDiv(count, FLOATS.length()) * FLOATS.length();
    }
}
