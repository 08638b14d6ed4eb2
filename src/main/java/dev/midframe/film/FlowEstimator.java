package dev.midframe.film;

import dev.midframe.film.OnnxGraph.Element;
import java.util.ArrayList;
import java.util.List;

/** From two feature pyramids to flows both ways, coarse to fine by residuals (FILM, section 4.2). */
record FlowEstimator(FilmModel model, GraphBuilder graph, Operators ops, Warp warp) {

    Flows between(List<Value> first, List<Value> second) {
        FilmConfig config = model.config();
        List<Value> forward = new ArrayList<>();
        List<Value> backward = new ArrayList<>();
        Value flow = null;
        for (int level = config.levels() - 1; level >= 0; level--) {
            graph.scope("flow." + level);
            // Both directions are one batch: the same weights, and twice the work for each call of a small level.
            Value own = ops.concat(0, first.get(level), second.get(level));
            Value other = ops.concat(0, second.get(level), first.get(level));
            if (flow == null) {
                flow = residual(level, own, other);
            } else {
                Value coarse = warp.enlarged(flow, 2, 2);
                flow = ops.add(coarse, residual(level, own, warp.warped(other, coarse)));
            }
            if (level < config.fusionLevels()) {
                forward.addFirst(ops.slice(flow, 0, 0, 1));
                backward.addFirst(ops.slice(flow, 0, 1, 2));
            }
        }
        return new Flows(forward, backward);
    }

    private Value residual(int level, Value own, Value other) {
        FilmConfig config = model.config();
        int predictor = Math.min(level, config.specializedLevels());
        int convs = config.flowConvs().get(predictor);
        String name = predictor == config.specializedLevels()
                ? "predict_flow._predictor._convs."
                : "predict_flow._predictors." + (config.specializedLevels() - 1 - level) + "._convs.";
        Value net = ops.concat(1, own, other);
        for (int conv = 0; conv <= convs; conv++) {
            net = ops.convolveAndActivate(net, Kernel.of(model, name + conv + ".0"));
        }
        return ops.convolve(ops.cast(net, Element.FLOAT), Kernel.of(model, name + (convs + 1) + ".0"));
    }
}
