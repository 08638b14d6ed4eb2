package dev.midframe.film.network;

import dev.midframe.film.graph.GraphBuilder;
import dev.midframe.film.graph.Lowering;
import dev.midframe.film.graph.Value;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.Kernel;
import java.util.List;

/** From both sides' features and the flows to a frame's time to the decoder's last channels (FILM, section 4.3). */
record FusionDecoder(FilmModel model, GraphBuilder graph, Lowering lowering) {

    /** Level 0, before {@code fuse.output_conv}. */
    Value decode(Pyramids first, Pyramids second, Flows.Scaled flows) {
        int coarsest = model.config().fusionLevels() - 1;
        Value net = aligned(coarsest, first, second, flows);
        for (int level = coarsest - 1, step = 0; level >= 0; level--, step++) {
            Value skip = aligned(level, first, second, flows);
            graph.scope("fuse." + level);
            String layer = "fuse.convs." + step;
            net = lowering.concatenate(
                    List.of(skip, lowering.upsampleAndConvolve(net, Kernel.of(model, layer + ".0.0"))));
            net = lowering.convolve(net, Kernel.of(model, layer + ".1.0"));
            net = lowering.convolve(net, Kernel.of(model, layer + ".2.0"));
        }
        return net;
    }

    private Value aligned(int level, Pyramids first, Pyramids second, Flows.Scaled flows) {
        graph.scope("align." + level);
        return lowering.fusionInput(
                level,
                lowering.concatenate(first.fused(level)),
                lowering.concatenate(second.fused(level)),
                flows.toFirst().get(level),
                flows.toSecond().get(level));
    }
}
