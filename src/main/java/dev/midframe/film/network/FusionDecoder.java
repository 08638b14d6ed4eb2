package dev.midframe.film.network;

import dev.midframe.film.graph.CustomOp;
import dev.midframe.film.graph.GraphBuilder;
import dev.midframe.film.graph.OnnxGraph.Element;
import dev.midframe.film.graph.Operators;
import dev.midframe.film.graph.Value;
import dev.midframe.film.graph.Warp;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.Kernel;
import java.util.List;
import java.util.stream.Stream;

/** From both sides' features and the flows to a frame's time to the decoder's last channels (FILM, section 4.3). */
record FusionDecoder(FilmModel model, Element element, GraphBuilder graph, Operators ops, Warp warp) {

    private static final int FLOW_CHANNELS = 4;

    /** Level 0, before {@code fuse.output_conv}. */
    Value decode(Pyramids first, Pyramids second, Flows.Scaled flows) {
        int coarsest = model.config().fusionLevels() - 1;
        Value net = aligned(coarsest, first, second, flows);
        for (int level = coarsest - 1, step = 0; level >= 0; level--, step++) {
            Value skip = aligned(level, first, second, flows);
            graph.scope("fuse." + level);
            String layer = "fuse.convs." + step;
            net = ops.concat(1, skip, ops.enlargeAndConvolve(net, Kernel.of(model, layer + ".0.0")));
            net = ops.convolveAndActivate(net, Kernel.of(model, layer + ".1.0"));
            net = ops.convolveAndActivate(net, Kernel.of(model, layer + ".2.0"));
        }
        return net;
    }

    private Value aligned(int level, Pyramids first, Pyramids second, Flows.Scaled flows) {
        Value toFirst = flows.toFirst().get(level);
        Value toSecond = flows.toSecond().get(level);
        graph.scope("align." + level);
        Value one = ops.concat(1, first.fused(level).toArray(Value[]::new));
        Value two = ops.concat(1, second.fused(level).toArray(Value[]::new));
        if (one.bytes()) {
            return ops.bytes().fusionInput(one, two, toFirst, toSecond, level);
        }
        if (one.blocked()) {
            List<Integer> parts = Stream.of(one.parts(), two.parts(), List.of(FLOW_CHANNELS))
                    .flatMap(List::stream)
                    .toList();
            int[] shape = {1, ops.blocks().stored(parts), one.height(), one.width()};
            return ops.ask(CustomOp.FUSION_INPUT, List.of(shape), one, two, toFirst, toSecond)
                    .getFirst()
                    .inBlocks(parts);
        }
        return ops.concat(
                1,
                warp.warped(one, toFirst),
                warp.warped(two, toSecond),
                ops.cast(toFirst, element),
                ops.cast(toSecond, element));
    }
}
