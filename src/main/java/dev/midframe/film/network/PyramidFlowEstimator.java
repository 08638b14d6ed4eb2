package dev.midframe.film.network;

import dev.midframe.film.graph.CustomOp;
import dev.midframe.film.graph.GraphBuilder;
import dev.midframe.film.graph.OnnxGraph.Element;
import dev.midframe.film.graph.Operators;
import dev.midframe.film.graph.Quantization;
import dev.midframe.film.graph.Value;
import dev.midframe.film.graph.Warp;
import dev.midframe.film.model.FilmConfig;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From two feature pyramids to flows both ways, coarse to fine by residuals (FILM, section 4.2). */
record PyramidFlowEstimator(FilmModel model, GraphBuilder graph, Operators ops, Warp warp) {

    Flows between(List<Value> first, List<Value> second) {
        FilmConfig config = model.config();
        List<Value> forward = new ArrayList<>();
        List<Value> backward = new ArrayList<>();
        Value flow = null;
        for (int level = config.levels() - 1; level >= 0; level--) {
            graph.scope("flow." + level);
            Value own = first.get(level);
            Value other = second.get(level);
            if (flow == null) {
                flow = residual(level, pair(own, other, null));
            } else {
                flow = warp.enlarged(flow, 2, 2);
                if (convs(level) > 0) {
                    flow = ops.add(flow, residual(level, pair(own, other, flow)));
                }
            }
            if (level < config.fusionLevels()) {
                forward.addFirst(ops.slice(flow, 0, 0, 1));
                backward.addFirst(ops.slice(flow, 0, 1, 2));
            }
        }
        return new Flows(forward, backward);
    }

    /**
     * What a predictor sees: each picture's own features and the other's, warped by the flow so far. Both directions are one
     * batch: the same weights, and twice the work for each call of a small level.
     */
    private Value pair(Value first, Value second, @Nullable Value flow) {
        if (flow != null && first.bytes()) {
            int[] shape = {2, first.height(), first.width(), first.channels() + second.channels()};
            Quantization both = first.quantization().and(second.quantization());
            return ops.bytes().ask(CustomOp.INT8_FLOW_INPUT, both, shape, first, second, flow);
        }
        if (flow != null && first.blocked()) {
            int[] shape = {2, first.dimension(1) + second.dimension(1), first.height(), first.width()};
            List<Integer> parts = Stream.concat(first.parts().stream(), second.parts().stream())
                    .toList();
            return ops.ask(CustomOp.FLOW_INPUT, List.of(shape), first, second, flow)
                    .getFirst()
                    .inBlocks(parts);
        }
        Value own = ops.concat(0, first, second);
        Value other = ops.concat(0, second, first);
        return ops.concat(1, own, flow == null ? other : warp.warped(other, flow));
    }

    private int convs(int level) {
        FilmConfig config = model.config();
        return config.flowConvs().get(Math.min(level, config.specializedLevels()));
    }

    private Value residual(int level, Value net) {
        FilmConfig config = model.config();
        int predictor = Math.min(level, config.specializedLevels());
        int convs = convs(level);
        String name = predictor == config.specializedLevels()
                ? "predict_flow._predictor._convs."
                : "predict_flow._predictors." + (config.specializedLevels() - 1 - level) + "._convs.";
        for (int conv = 0; conv < convs; conv++) {
            net = ops.convolveAndActivate(net, Kernel.of(model, name + conv + ".0"));
        }
        net = ops.convolveAndActivate(ops.numbers(net), Kernel.of(model, name + convs + ".0"));
        return ops.plain(ops.convolve(ops.cast(net, Element.FLOAT), Kernel.of(model, name + (convs + 1) + ".0")));
    }
}
