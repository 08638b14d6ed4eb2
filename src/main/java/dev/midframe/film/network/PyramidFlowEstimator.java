package dev.midframe.film.network;

import dev.midframe.film.graph.GraphBuilder;
import dev.midframe.film.graph.Lowering;
import dev.midframe.film.graph.Operators;
import dev.midframe.film.graph.Value;
import dev.midframe.film.model.FilmConfig;
import dev.midframe.film.model.FilmModel;
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
            FlowPredictor predictor = FlowPredictor.of(model, level);
            Value own = first.get(level);
            Value other = second.get(level);
            if (flow == null) {
                flow = predictor.residual(lowering.flowInput(own, other), lowering);
            } else {
                flow = ops.enlargeFlow(flow, 2, 2);
                if (predictor.convs() > 0) {
                    flow = ops.add(flow, predictor.residual(lowering.flowInput(own, other, flow), lowering));
                }
            }
            if (level < config.fusionLevels()) {
                forward.addFirst(ops.slice(flow, 0, 0, 1));
                backward.addFirst(ops.slice(flow, 0, 1, 2));
            }
        }
        return new Flows(forward, backward);
    }
}
