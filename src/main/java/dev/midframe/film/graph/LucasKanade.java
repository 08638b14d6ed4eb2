package dev.midframe.film.graph;

import dev.midframe.film.graph.OnnxGraph.Element;

/**
 * A step of Lucas and Kanade (An Iterative Image Registration Technique, IJCAI 1981): flows that are right to a pixel or two become
 * right to a fraction of one, which no network that sees a quarter of the picture's size can be. Both pictures are warped; where
 * they differ along a gradient, both flows move, one as far as the other and the other way, for the frame between lies on a
 * straight line.
 */
public record LucasKanade(Lowering lowering) {

    /** Pixels of a block's side; sums are kept a block, and three by three blocks are a window. */
    public static final int BLOCK = 4;

    /** The square of a luma difference that counts half: what one picture hides says nothing of motion. */
    public static final float OUTLIER = 0.15f * 0.15f;

    /** Added to sums of squares: where there is no texture nothing moves. */
    public static final float REGULARISATION = 1e-4f;

    /** How far a flow moves in a step at most, in pixels across and down. */
    public static final float LONGEST = 1;

    /** Flows into both pictures, [1,2,H/2,W/2] each, channel 0 = x, in pixels of their own size. */
    record Both(Value toFirst, Value toSecond) {}

    /**
     * One step.
     *
     * @param first luma of the earlier picture, [1,1,H,W]; second of the later one
     */
    Both refined(Value first, Value second, Both flows) {
        Operators ops = lowering.plain();
        Value one = lowering.warp(first, flows.toFirst);
        Value two = lowering.warp(second, flows.toSecond);
        Value sum = ops.padEdges(ops.add(one, two));
        Value difference = ops.subtract(one, two);
        int height = first.height();
        int width = first.width();
        Value rows = ops.slice(sum, 2, 1, height + 1);
        Value columns = ops.slice(sum, 3, 1, width + 1);
        Value across = ops.times(ops.subtract(ops.slice(rows, 3, 2, width + 2), ops.slice(rows, 3, 0, width)), 0.5);
        Value down =
                ops.times(ops.subtract(ops.slice(columns, 2, 2, height + 2), ops.slice(columns, 2, 0, height)), 0.5);
        Value weight = ops.divide(
                lowering.plain().graph().scalar(Element.FLOAT, OUTLIER),
                ops.plus(ops.multiply(difference, difference), OUTLIER));
        Value weightedAcross = ops.multiply(across, weight);
        Value weightedDown = ops.multiply(down, weight);
        Value products = ops.concat(
                1,
                ops.multiply(weightedAcross, across),
                ops.multiply(weightedAcross, down),
                ops.multiply(weightedDown, down),
                ops.multiply(weightedAcross, difference),
                ops.multiply(weightedDown, difference));
        Value shift = shift(ops.meanOfNeighbours(ops.averagePool(products, BLOCK, BLOCK)));
        return new Both(ops.subtract(flows.toFirst, shift), ops.add(flows.toSecond, shift));
    }

    /** What solves both equations of every block, [1,2,H/2,W/2] in pixels of that size. */
    private Value shift(Value sums) {
        Operators ops = lowering.plain();
        Value xx = ops.plus(ops.slice(sums, 1, 0, 1), REGULARISATION);
        Value xy = ops.slice(sums, 1, 1, 2);
        Value yy = ops.plus(ops.slice(sums, 1, 2, 3), REGULARISATION);
        Value xd = ops.slice(sums, 1, 3, 4);
        Value yd = ops.slice(sums, 1, 4, 5);
        Value x = ops.subtract(ops.multiply(yy, xd), ops.multiply(xy, yd));
        Value y = ops.subtract(ops.multiply(xx, yd), ops.multiply(xy, xd));
        Value determinant = ops.subtract(ops.multiply(xx, yy), ops.multiply(xy, xy));
        Value shift = ops.clamp(ops.divide(ops.concat(1, x, y), determinant), -LONGEST, LONGEST);
        return ops.enlargeFlow(ops.times(shift, 1.0 / BLOCK), BLOCK / 2, BLOCK / 2);
    }
}
