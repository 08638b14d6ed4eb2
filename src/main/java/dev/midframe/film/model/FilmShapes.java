package dev.midframe.film.model;

import dev.midframe.film.ModelException;
import dev.midframe.film.weights.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a network's configuration off the shapes of its tensors, for weights that come without one, as published ones do. */
final class FilmShapes {

    /** FILM as published has this many levels more than the decoder takes; the shapes do not show it. */
    private static final int LEVELS_BEYOND_FUSION = 2;

    private final Map<String, Tensor> tensors;

    FilmShapes(Map<String, Tensor> tensors) {
        this.tensors = tensors;
    }

    FilmConfig config() {
        List<Integer> filters = outputs("extract.extract_sublevels.convs.", ".0.0");
        List<Integer> fusionFilters = outputs("fuse.convs.", ".0.0").reversed();
        if (filters.isEmpty() || fusionFilters.isEmpty()) {
            throw new ModelException(
                    "its tensors are not those of a FILM network: extract.extract_sublevels.convs.0.0.0"
                            + ".weight or fuse.convs.0.0.0.weight is missing");
        }
        int specialized = outputs("predict_flow._predictors.", "._convs.0.0").size();
        List<Integer> flowConvs = new ArrayList<>();
        List<Integer> flowFilters = new ArrayList<>();
        for (int level = 0; level <= specialized; level++) {
            String name = level < specialized ? "_predictors." + (specialized - 1 - level) : "_predictor";
            List<Integer> convs = outputs("predict_flow." + name + "._convs.", ".0");
            flowConvs.add(Math.max(convs.size() - 2, 0));
            flowFilters.add(convs.isEmpty() ? 0 : convs.getFirst());
        }
        int fusionLevels = fusionFilters.size() + 1;
        Tensor finish = tensors.get("finish.output_conv.weight");
        Tensor stem = tensors.get("extract.extract_sublevels.convs.0.0.0.weight");
        Tensor finishInput = tensors.get("finish.convs.0.0.weight");
        int finishFeatures = finishInput == null ? 0 : size(finishInput, 1) - Channels.PICTURES;
        return new FilmConfig(
                finish == null ? 1 : stem(stem),
                filters,
                fusionLevels + LEVELS_BEYOND_FUSION,
                fusionLevels,
                specialized,
                flowConvs,
                flowFilters,
                fusionFilters,
                finish == null ? 0 : size(finish, 1),
                finishFeatures,
                outputs("finish.convs.", ".0").size(),
                0,
                finish == null ? FilmConfig.Output.RGB : FilmConfig.Output.BLEND);
    }

    /** Output channels of the layers {@code prefix + 0 + suffix}, {@code prefix + 1 + suffix}, ... as far as they go. */
    private List<Integer> outputs(String prefix, String suffix) {
        List<Integer> outputs = new ArrayList<>();
        for (Tensor weight = weight(prefix, 0, suffix);
                weight != null;
                weight = weight(prefix, outputs.size(), suffix)) {
            outputs.add(size(weight, 0));
        }
        return outputs;
    }

    private @Nullable Tensor weight(String prefix, int index, String suffix) {
        return tensors.get(prefix + index + suffix + ".weight");
    }

    private static int stem(@Nullable Tensor weight) {
        int channels = weight == null ? 0 : size(weight, 1);
        return (int) Math.round(Math.sqrt(channels / 1.5));
    }

    private static int size(Tensor weight, int dimension) {
        return weight.shape().size() == 4 ? weight.shape().get(dimension) : 0;
    }
}
