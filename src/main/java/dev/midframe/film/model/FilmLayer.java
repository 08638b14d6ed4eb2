package dev.midframe.film.model;

import java.util.ArrayList;
import java.util.List;

/**
 * One convolution of a FILM network.
 *
 * @param name of its tensors, without {@code .weight} and {@code .bias}; the names of the published network's PyTorch form
 * @param outputs channels
 * @param inputs channels
 * @param kernel side in positions
 * @param uses how often it runs at the picture's full size for a frame between two, features of the earlier one kept
 */
public record FilmLayer(String name, int outputs, int inputs, int kernel, double uses) {

    List<Integer> weightShape() {
        return List.of(outputs, inputs, kernel, kernel);
    }

    double workPerPixel() {
        return uses * outputs * inputs * kernel * kernel;
    }

    /** All layers of a network, in the order of its data flow. */
    public static List<FilmLayer> of(FilmConfig config) {
        List<FilmLayer> layers = new ArrayList<>();
        addExtractor(config, layers);
        for (int level = 0; level < config.specializedLevels(); level++) {
            addPredictor(config, level, "_predictors." + (config.specializedLevels() - 1 - level), layers);
        }
        addPredictor(config, config.specializedLevels(), "_predictor", layers);
        addFusion(config, layers);
        return layers;
    }

    private static void addExtractor(FilmConfig config, List<FilmLayer> layers) {
        int inputs = config.imageChannels();
        for (int depth = 0; depth < config.filters().size(); depth++) {
            int filters = config.filters().get(depth);
            double uses = 0;
            for (int level = depth; level < config.levels(); level++) {
                uses += share(config, level);
            }
            String name = "extract.extract_sublevels.convs." + depth;
            layers.add(new FilmLayer(name + ".0.0", filters, inputs, 3, uses));
            layers.add(new FilmLayer(name + ".1.0", filters, filters, 3, uses));
            inputs = filters;
        }
    }

    private static void addPredictor(FilmConfig config, int level, String predictor, List<FilmLayer> layers) {
        int filters = config.flowFilters().get(level);
        int convs = config.flowConvs().get(level);
        if (convs == 0) {
            return;
        }
        double uses = 2 * share(config, level);
        for (int coarser = level + 1; level == config.specializedLevels() && coarser < config.levels(); coarser++) {
            uses += 2 * share(config, coarser);
        }
        String name = "predict_flow." + predictor + "._convs.";
        int inputs = 2 * config.featureChannels(level);
        for (int conv = 0; conv < convs; conv++) {
            layers.add(new FilmLayer(name + conv + ".0", filters, inputs, 3, uses));
            inputs = filters;
        }
        layers.add(new FilmLayer(name + convs + ".0", filters / 2, filters, 1, uses));
        layers.add(new FilmLayer(name + (convs + 1) + ".0", 2, filters / 2, 1, uses));
    }

    private static void addFusion(FilmConfig config, List<FilmLayer> layers) {
        int net = config.fusionChannels(config.fusionLevels() - 1);
        for (int level = config.fusionLevels() - 2, step = 0; level >= 0; level--, step++) {
            int filters = config.fusionFilters().get(level);
            double uses = share(config, level);
            String name = "fuse.convs." + step;
            layers.add(new FilmLayer(name + ".0.0", filters, net, 2, uses));
            layers.add(new FilmLayer(name + ".1.0", filters, config.fusionChannels(level) + filters, 3, uses));
            layers.add(new FilmLayer(name + ".2.0", filters, filters, 3, uses));
            net = filters;
        }
        layers.add(new FilmLayer("fuse.output_conv", config.decoderOutputs(), net, 1, share(config, 0)));
        if (config.output() == FilmConfig.Output.RGB) {
            return;
        }
        int filters = config.finishFilters();
        int inputs = Channels.PICTURES + config.finishFeatures();
        for (int conv = 0; conv < config.finishConvs(); conv++) {
            layers.add(new FilmLayer("finish.convs." + conv + ".0", filters, inputs, 3, 0.25));
            inputs = filters;
        }
        layers.add(new FilmLayer("finish.output_conv", Channels.BLEND_HEAD, filters, 1, 0.25));
    }

    /** A level's number of positions, as a share of the picture's pixels. */
    private static double share(FilmConfig config, int level) {
        return Math.scalb(1.0, -2 * level) / (config.stem() * config.stem());
    }
}
