package dev.midframe.film.network;

import dev.midframe.film.graph.Lowering;
import dev.midframe.film.graph.Value;
import dev.midframe.film.model.FilmConfig;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.Kernel;

/**
 * What finds the motion that a coarser level has missed; the coarse levels share one.
 *
 * @param convs how many 3x3 convolutions; 0: the coarser level's flow serves this one
 * @param layers prefix of the layers' names
 */
record FlowPredictor(FilmModel model, int convs, String layers) {

    static FlowPredictor of(FilmModel model, int level) {
        FilmConfig config = model.config();
        int specialized = config.specializedLevels();
        int predictor = Math.min(level, specialized);
        return new FlowPredictor(
                model,
                config.flowConvs().get(predictor),
                predictor == specialized
                        ? "predict_flow._predictor._convs."
                        : "predict_flow._predictors." + (specialized - 1 - level) + "._convs.");
    }

    /** The layer that sees the features. */
    Kernel first() {
        return layer(0);
    }

    /** What the layers make of the features. */
    Value residual(Value features, Lowering lowering) {
        return convs == 0 ? head(features, lowering) : afterFirst(lowering.convolve(features, first()), lowering);
    }

    /** What the others make of the first layer's output. */
    Value afterFirst(Value net, Lowering lowering) {
        for (int conv = 1; conv < convs; conv++) {
            net = lowering.convolve(net, layer(conv));
        }
        return head(net, lowering);
    }

    private Value head(Value net, Lowering lowering) {
        return lowering.flowHead(net, layer(convs), layer(convs + 1));
    }

    private Kernel layer(int index) {
        return Kernel.of(model, layers + index + ".0");
    }
}
