package dev.midframe.film.graph;

import static dev.midframe.film.graph.GraphBuilder.attribute;

import dev.midframe.film.graph.OnnxGraph.Element;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Backward warping: out(p) = in(p + flow(p)), clamped to the border. Places are computed in 32 bits whatever the
 * pictures are in: half precision is off by a pixel above 1080p.
 */
final class Warp {

    private final GraphBuilder graph;
    private final Operators ops;
    private final Map<String, Value> centres = new HashMap<>();
    private final Map<String, Value> grids = new HashMap<>();

    Warp(GraphBuilder graph, Operators ops) {
        this.graph = graph;
        this.ops = ops;
    }

    /**
     * Warps features or a picture by bilinear sampling.
     *
     * @param picture [batch, channels, height, width]
     * @param flow [batch, 2, height / n, width / m], channel 0 = x, channel 1 = y, in pixels of its own size
     */
    Value bilinear(Value picture, Value flow) {
        return sampled(picture, flow, "bilinear");
    }

    /** Warps a picture that is to be seen: bilinear sampling would soften fine texture, most where it moves by half a pixel. */
    Value bicubic(Value picture, Value flow) {
        return sampled(picture, flow, "bicubic");
    }

    private Value sampled(Value picture, Value flow, String mode) {
        Value exact = ops.cast(picture, Element.FLOAT);
        return ops.cast(gridSample(exact, grid(flow, picture.height(), picture.width()), mode), picture.element());
    }

    private Value gridSample(Value picture, Value grid, String mode) {
        return graph.node(
                "GridSample",
                Element.FLOAT,
                picture.shape(),
                List.of(picture, grid),
                attribute("mode", mode),
                attribute("padding_mode", "border"),
                attribute("align_corners", 0));
    }

    /** [batch, height, width, 2]: x and y, -1 and 1 being the outer edges of the outer pixels. */
    private Value grid(Value flow, int height, int width) {
        return grids.computeIfAbsent(
                flow.name() + "." + width + "x" + height,
                name -> grid(ops.enlargeFlow(flow, height / flow.height(), width / flow.width())));
    }

    private Value grid(Value flow) {
        Value sides = graph.constant(
                "warp.sides." + flow.width() + "x" + flow.height(),
                Element.FLOAT,
                new int[] {1, 2, 1, 1},
                2f / flow.width(),
                2f / flow.height());
        Value positions = ops.add(ops.multiply(flow, sides), centres(flow.width(), flow.height()));
        return ops.transpose(positions, 0, 2, 3, 1);
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

    /** Centres of a side's positions in one of two channels; the other is zero. */
    private static float[] axis(int side, int channel) {
        float[] positions = new float[2 * side];
        for (int index = 0; index < side; index++) {
            positions[channel * side + index] = (2f * index + 1) / side - 1;
        }
        return positions;
    }
}
