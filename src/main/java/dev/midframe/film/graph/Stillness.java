package dev.midframe.film.graph;

/**
 * Keeps still what is still: where both pictures agree the frame is their mean, whatever the network says, unless it lies
 * in what moves, or something passes there: comes out of a position that moves and goes into one. So two equal pictures give
 * that picture.
 */
public record Stillness(Lowering lowering) {

    /** A luma difference up to one 8-bit code value counts as none; from three on everything moves. */
    private static final double STILL_BELOW = 1 / 255.0;

    private static final double RAMP = 2 / 255.0;

    /** Fewer than three still positions in a row lie in what moves: texture that looks alike by chance. */
    private static final int FILLED = 1;

    /**
     * How far from where a long flow ends the position that moves may lie: what passes may be smaller than flows are exact, as
     * points of light over black are, and between two that agree by chance.
     */
    private static final int PASSING = 4;

    /** Flows are long from here on, and wholly one further on: beside what moves, those of still things are not quite 0. */
    private static final double LONG_FLOW = 2;

    /**
     * @param difference absolute luma difference, [1,1,h,w]
     * @param toFirst from each position into the earlier picture, in pixels of the difference; toSecond into the later one
     * @return [1,1,h,w], 0 for still to 1 for moving
     */
    public Value moving(Value difference, Value toFirst, Value toSecond) {
        Operators ops = lowering.plain();
        Value filled = ops.minOfNeighbours(ops.maxOfNeighbours(difference, FILLED), FILLED);
        Value both = ops.concat(1, filled, ops.maxOfNeighbours(filled, PASSING));
        // One of the two alone says nothing: beside a moving background flows are not sure.
        Value ends = ops.minimum(lowering.warp(both, toFirst), lowering.warp(both, toSecond));
        Value length = ops.minimum(ops.maxOfChannels(ops.absolute(toFirst)), ops.maxOfChannels(ops.absolute(toSecond)));
        Value near = ops.multiply(share(ops.slice(ends, 1, 1, 2)), ops.clamp(ops.plus(length, -LONG_FLOW), 0, 1));
        return ops.maximum(share(ops.maximum(filled, ops.slice(ends, 1, 0, 1))), near);
    }

    private Value share(Value difference) {
        Operators ops = lowering.plain();
        return ops.clamp(ops.times(ops.plus(difference, -STILL_BELOW), 1 / RAMP), 0, 1);
    }

    /** The network's picture where it moves, the mean of both pictures at the time asked for where not. */
    public Value applied(Value moving, Value generated, Value first, Value second, Value time) {
        Operators ops = lowering.plain();
        Value mean = ops.add(first, ops.multiply(time, ops.subtract(second, first)));
        return ops.add(mean, ops.multiply(moving, ops.subtract(generated, mean)));
    }
}
