package dev.midframe.film.network;

import dev.midframe.film.graph.GraphBuilder;
import dev.midframe.film.graph.Lowering;
import dev.midframe.film.graph.Operators;
import dev.midframe.film.graph.Value;
import dev.midframe.film.model.FilmConfig;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.Kernel;
import java.util.ArrayList;
import java.util.List;

/**
 * From two feature pyramids to flows both ways, coarse to fine by residuals (FILM, section 4.2). Both directions are one batch:
 * the same weights, and twice the work for each call of a small level.
 */
record PyramidFlowEstimator(FilmModel model, GraphBuilder graph, Lowering lowering) {

    Flows between(List<Value> first, List<Value> second) {
        FilmConfig config = model.config();
        Operators ops = lowering.plain();
        List<Value> forward = new ArrayList<>();
        List<Value> backward = new ArrayList<>();
        Value flow = null;
        for (int level = config.levels() - 1; level >= 0; level--) {
            graph.scope("flow." + level);
            Value own = first.get(level);
            Value other = second.get(level);
            if (flow == null) {
                flow = residual(level, lowering.flowInput(own, other));
            } else {
                flow = ops.enlargeFlow(flow, 2, 2);
                if (convs(level) > 0) {
                    flow = ops.add(flow, residual(level, lowering.flowInput(own, other, flow)));
                }
            }
            if (level < config.fusionLevels()) {
                forward.addFirst(ops.slice(flow, 0, 0, 1));
                backward.addFirst(ops.slice(flow, 0, 1, 2));
            }
        }
        return new Flows(forward, backward);
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
            net = lowering.convolve(net, Kernel.of(model, name + conv + ".0"));
        }
        return lowering.flowHead(
                net, Kernel.of(model, name + convs + ".0"), Kernel.of(model, name + (convs + 1) + ".0"));
    }
}
