package dev.midframe.film;

import dev.midframe.film.OnnxGraph.Element;
import java.util.HashMap;
import java.util.Map;

/**
 * Where backward warping samples: out(p) = in(p + flow(p)), bilinear, clamped to the border. Places are computed in 32 bits
 * whatever the pictures are in: half precision is off by a pixel above 1080p.
 */
final class Warp {

    private final GraphBuilder graph;
    private final Operators ops;
    private final Map<String, Value> centres = new HashMap<>();

    Warp(GraphBuilder graph, Operators ops) {
        this.graph = graph;
        this.ops = ops;
    }

    /**
     * The grid of a flow in pixels of its own size.
     *
     * @param flow [batch, 2, height, width], channel 0 = x, channel 1 = y
     */
    Value grid(Value flow) {
        return gridOfShares(shares(flow));
    }

    /** A flow in pixels of its own size as shares of half the picture's sides, which are the same at every size. */
    Value shares(Value flow) {
        Value sides = graph.constant(
                "warp.shares." + flow.width() + "x" + flow.height(),
                Element.FLOAT,
                new int[] {1, 2, 1, 1},
                2f / flow.width(),
                2f / flow.height());
        return ops.multiply(flow, sides);
    }

    /** The grid of {@link #shares}. */
    Value gridOfShares(Value shares) {
        return ops.transpose(ops.add(shares, centres(shares.width(), shares.height())), 0, 2, 3, 1);
    }

    /** The sum of two short constants, which engines fold once, so that the model's file stays small. */
    private Value centres(int width, int height) {
        return centres.computeIfAbsent(
                width + "x" + height,
                size -> ops.add(
                        graph.constant(
                                "warp.columns." + width, Element.FLOAT, new int[] {1, 2, 1, width}, axis(width, 0)),
                        graph.constant(
                                "warp.rows." + height, Element.FLOAT, new int[] {1, 2, height, 1}, axis(height, 1))));
    }

    /** Centres of a side's positions, -1 and 1 being the outer edges, in one of two channels; the other is zero. */
    private static float[] axis(int side, int channel) {
        float[] places = new float[2 * side];
        for (int index = 0; index < side; index++) {
            places[channel * side + index] = (2f * index + 1) / side - 1;
        }
        return places;
    }
}
