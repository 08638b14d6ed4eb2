package dev.midframe.film;

import dev.midframe.film.OnnxGraph.Element;
import java.util.ArrayList;
import java.util.List;

/** From both sides' features and the flows to a frame's time to the decoder's last channels (FILM, section 4.3). */
record FusionDecoder(FilmModel model, Element element, GraphBuilder graph, Operators ops, Warp warp) {

    /** Level 0 before the output's own layers, except {@code fuse.output_conv}, which ends the decoder. */
    Value decode(Pyramids first, Pyramids second, Flows.Scaled flows) {
        int coarsest = model.config().fusionLevels() - 1;
        Value net = aligned(coarsest, first, second, flows);
        for (int level = coarsest - 1, step = 0; level >= 0; level--, step++) {
            Value skip = aligned(level, first, second, flows);
            graph.scope("fuse." + level);
            String layer = "fuse.convs." + step;
            Kernel enlarging = Kernel.of(model, layer + ".0.0").beforeDepthToSpace();
            net = ops.concat(1, skip, ops.shuffle(ops.convolve(net, enlarging), 2));
            net = ops.convolveAndActivate(net, Kernel.of(model, layer + ".1.0"));
            net = ops.convolveAndActivate(net, Kernel.of(model, layer + ".2.0"));
        }
        return ops.convolve(net, Kernel.of(model, "fuse.output_conv"));
    }

    private Value aligned(int level, Pyramids first, Pyramids second, Flows.Scaled flows) {
        Value toFirst = flows.toFirst().get(level);
        Value toSecond = flows.toSecond().get(level);
        graph.scope("align." + level);
        List<Value> parts = new ArrayList<>();
        first.fused(level).forEach(part -> parts.add(warp.warped(part, toFirst)));
        second.fused(level).forEach(part -> parts.add(warp.warped(part, toSecond)));
        parts.add(ops.cast(toFirst, element));
        parts.add(ops.cast(toSecond, element));
        return ops.concat(1, parts.toArray(Value[]::new));
    }
}
