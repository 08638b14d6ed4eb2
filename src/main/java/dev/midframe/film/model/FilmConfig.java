package dev.midframe.film.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.midframe.film.ModelException;
import java.util.List;

/**
 * The shape of a FILM network (Reda et al., ECCV 2022, arXiv 2202.04901, section 4). Lists run from fine to coarse.
 *
 * @param stem pictures are pixel-unshuffled by this factor first: 1, 2 or 4; level 0 is 1/stem of the picture's size
 * @param filters the extractor's channels at depths 0, 1, ...
 * @param levels of the feature and flow pyramids
 * @param fusionLevels how many of them the decoder takes
 * @param specializedLevels levels with a flow predictor of their own; the coarser ones share one
 * @param flowConvs 3x3 convolutions of the flow predictors, the shared one last; 0: the coarser level's flow serves this one
 * @param flowFilters channels of the flow predictors, the shared one last
 * @param fusionFilters the decoder's channels at levels 0 to fusionLevels - 2
 * @param finishFilters channels of the convolutions before the blend; 0 for {@link Output#RGB}
 * @param finishFeatures channels that the decoder hands to them beside the warped pictures; 0 for {@link Output#RGB}
 * @param finishConvs how many such convolutions; 0 for {@link Output#RGB}
 * @param lucasKanade steps of Lucas and Kanade (IJCAI 1981) that bring the flows into both pictures to a fraction of a pixel;
 *     0 for {@link Output#RGB}
 * @param output how the decoder's output becomes a picture
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record FilmConfig(
        int stem,
        List<Integer> filters,
        int levels,
        int fusionLevels,
        int specializedLevels,
        List<Integer> flowConvs,
        List<Integer> flowFilters,
        List<Integer> fusionFilters,
        int finishFilters,
        int finishFeatures,
        int finishConvs,
        int lucasKanade,
        Output output) {

    /** How the decoder's output becomes a picture. */
    public enum Output {
        /** As published: RGB straight from the decoder. */
        @JsonProperty("rgb")
        RGB,
        /** Both warped pictures blended by a mask, plus a residual, in Y'CbCr. */
        @JsonProperty("blend")
        BLEND
    }

    /** FILM as published, with 34,436,667 parameters. */
    public static final FilmConfig PUBLISHED = new FilmConfig(
            1,
            List.of(64, 128, 256, 512),
            7,
            5,
            3,
            List.of(3, 3, 3, 3),
            List.of(32, 64, 128, 256),
            List.of(64, 128, 256, 512),
            0,
            0,
            0,
            0,
            Output.RGB);

    /** Key of the configuration's JSON text in the safetensors metadata. */
    public static final String METADATA_KEY = "film.config";

    public FilmConfig {
        filters = positive("filters", filters);
        flowConvs = bounded("flow_convs", flowConvs, 0);
        flowFilters = positive("flow_filters", flowFilters);
        fusionFilters = positive("fusion_filters", fusionFilters);
        boolean blend = output == Output.BLEND;
        require(output != null, "output is missing");
        require(blend ? stem == 2 || stem == 4 : stem == 1, "stem " + stem + " does not go with output " + output);
        require(levels >= 2 && levels <= 12, "levels " + levels + " is not in 2..12");
        require(fusionLevels >= 2 && fusionLevels <= levels, "fusion_levels " + fusionLevels + " is not in 2..levels");
        require(
                specializedLevels >= 0 && specializedLevels < levels,
                "specialized_levels " + specializedLevels + " is not in 0..levels-1");
        require(
                flowConvs.size() == specializedLevels + 1 && flowFilters.size() == specializedLevels + 1,
                "flow_convs and flow_filters need " + (specializedLevels + 1) + " entries");
        require(flowConvs.getLast() > 0, "flow_convs " + flowConvs + " leaves the coarsest level without a flow");
        require(
                fusionFilters.size() >= fusionLevels - 1,
                "fusion_filters needs at least " + (fusionLevels - 1) + " entries");
        require(filters.size() <= levels, "filters has more entries than levels");
        require(blend == finishFilters > 0, "finish_filters " + finishFilters + " does not go with output " + output);
        require(
                blend == finishFeatures > 0,
                "finish_features " + finishFeatures + " does not go with output " + output);
        require(
                blend ? finishConvs >= 1 && finishConvs <= 8 : finishConvs == 0,
                "finish_convs " + finishConvs + " does not go with output " + output);
        require(
                lucasKanade >= 0 && lucasKanade <= (blend ? 8 : 0),
                "lucas_kanade " + lucasKanade + " does not go with output " + output);
        int shared = featureChannels(filters, specializedLevels);
        for (int level = specializedLevels; level < levels; level++) {
            require(
                    featureChannels(filters, level) == shared,
                    "specialized_levels " + specializedLevels + " leaves levels of different widths to one predictor");
        }
    }

    /**
     * Reads the JSON form.
     *
     * @throws ModelException when it is not JSON, lacks a property, has an unknown one, or cannot be a network
     */
    public static FilmConfig fromJson(String json) {
        return FilmConfigReader.read(json);
    }

    /** The JSON form, as the safetensors metadata keeps it. */
    public String toJson() {
        try {
            return new JsonMapper().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Both sides of a picture are padded to multiples of this many pixels. */
    public int alignment() {
        return stem << (levels - 1);
    }

    /** Channels of one picture as the extractor sees it. */
    public int imageChannels() {
        return output == Output.RGB ? 3 : stem * stem * 3 / 2;
    }

    /** Channels of the feature pyramid at a level. */
    public int featureChannels(int level) {
        return featureChannels(filters, level);
    }

    /** Channels the decoder takes at a level: both warped sides and both flows. */
    int fusionChannels(int level) {
        return 2 * (featureChannels(level) + (output == Output.RGB ? 3 : 0)) + Channels.FLOWS;
    }

    /**
     * Channels of the decoder's last layer: R'G'B', or flow corrections and features at half the picture's size, of as many
     * positions as fall on one of level 0.
     */
    int decoderOutputs() {
        int factor = stem / 2;
        return output == Output.RGB ? 3 : (Channels.FLOWS + finishFeatures) * factor * factor;
    }

    /**
     * The cost of one frame between two, with the features of the earlier picture kept.
     *
     * @return multiply-adds of the convolutions; twice this is FLOP
     */
    public long work(int width, int height) {
        long pixels = (long) aligned(width) * aligned(height);
        double perPixel = 0;
        for (FilmLayer layer : FilmLayer.of(this)) {
            perPixel += layer.workPerPixel();
        }
        return Math.round(pixels * perPixel);
    }

    /** A side in pixels, padded to the {@link #alignment}. */
    public int aligned(int side) {
        return Math.ceilDiv(side, alignment()) * alignment();
    }

    private static int featureChannels(List<Integer> filters, int level) {
        return filters.stream().limit(level + 1L).mapToInt(Integer::intValue).sum();
    }

    private static List<Integer> positive(String name, List<Integer> values) {
        return bounded(name, values, 1);
    }

    private static List<Integer> bounded(String name, List<Integer> values, int least) {
        require(values != null && !values.isEmpty(), name + " is missing");
        require(
                values.stream().allMatch(value -> value >= least && value <= 4096),
                name + " " + values + " is not in " + least + "..4096");
        return List.copyOf(values);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new ModelException("film.config cannot be used: " + message);
        }
    }
}
