package dev.midframe.film.network;

import dev.midframe.film.graph.GraphBuilder;
import dev.midframe.film.graph.Lowering;
import dev.midframe.film.graph.Operators;
import dev.midframe.film.graph.Value;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.Kernel;
import java.util.List;
import java.util.stream.IntStream;

/** {@link FusionDecoder} of inputs that lie as {@link AlignedLayout} says. */
record AlignedDecoder(FilmModel model, GraphBuilder graph, Lowering lowering) {

    /**
     * Level 0, before {@code fuse.output_conv}.
     *
     * @param aligned inputs of the fused levels, from fine to coarse
     */
    Value decode(List<Value> aligned) {
        AlignedLayout layout = new AlignedLayout(model.config());
        Operators ops = lowering.plain();
        int coarsest = aligned.size() - 1;
        Value net = aligned.get(coarsest);
        int[] order = layout.fusionOrder(coarsest);
        for (int level = coarsest - 1, step = 0; level >= 0; level--, step++) {
            graph.scope("fuse." + level);
            String layer = "fuse.convs." + step;
            Kernel enlarging = Kernel.of(model, layer + ".0.0");
            Value enlarged = ops.upsampleAndConvolve(net, step == 0 ? enlarging.withInputs(order) : enlarging);
            Kernel joining = Kernel.of(model, layer + ".1.0");
            int skipped = joining.inputs() - enlarging.outputs();
            order = IntStream.concat(
                            IntStream.of(layout.fusionOrder(level)), IntStream.range(skipped, joining.inputs()))
                    .toArray();
            net = lowering.convolve(
                    lowering.concatenate(List.of(aligned.get(level), enlarged)), joining.withInputs(order));
            net = lowering.convolve(net, Kernel.of(model, layer + ".2.0"));
        }
        return net;
    }
}
