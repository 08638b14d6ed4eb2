package dev.midframe.film.graph;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.midframe.film.model.FilmConfig;
import dev.midframe.film.model.FilmLayer;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.Kernel;
import dev.midframe.film.model.ModelException;
import dev.midframe.film.network.BlendOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * From where to where the numbers of a network go, as seen on real pictures ({@code src/train/python/calibrate.py}): what it
 * takes to compute in bytes. Layers are named as their weights are, without {@code .weight}.
 *
 * @param linear lowest and highest number that a layer gives, before its activation; and of {@link #FEATURES} and what follows
 */
public record ActivationRanges(Map<String, List<Float>> linear) {

    private static final JsonFactory JSON = new JsonFactory();

    public static final ActivationRanges NONE = new ActivationRanges(Map.of());

    /** The decoder's features, as the last layers see them, and these layers' answer: mask, residual of luma and of chroma. */
    private static final String FEATURES = "finish.features";

    private static final String MASK = "finish.mask";
    private static final String LUMA = "finish.luma";
    private static final String CHROMA = "finish.chroma";

    private static final float DARKEST = -0.5f;
    private static final float BRIGHTEST = 1;

    /**
     * Flows of level 0 as the decoder sees them: so many pixels a byte, and so many bytes. One byte for all of it would be
     * too coarse, and its weights so much larger than those of features that these would be rounded off.
     */
    private static final float FLOW_BOUND = 4;

    private static final int FLOW_BYTES = 4;

    /** Those of a model; {@link #NONE} where its file has none. */
    public static ActivationRanges of(FilmModel model) {
        String json = model.metadata().get(FilmModel.RANGES_KEY);
        if (json == null) {
            return NONE;
        }
        Map<String, List<Float>> linear;
        try {
            linear = read(json);
        } catch (IOException e) {
            throw unusable(model, "is no JSON object of lists", e);
        }
        needed(model.config())
                .filter(name -> !isRange(linear.get(name)))
                .findFirst()
                .ifPresent(name -> {
                    throw unusable(model, "has no range around 0 for " + name, null);
                });
        return new ActivationRanges(linear);
    }

    /** As a stream: binding JSON takes a quarter of a second of every start. */
    private static Map<String, List<Float>> read(String text) throws IOException {
        Map<String, List<Float>> ranges = new HashMap<>();
        try (JsonParser json = JSON.createParser(text)) {
            String name = "";
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    name = json.currentName();
                } else if (token.isNumeric()) {
                    ranges.computeIfAbsent(name, first -> new ArrayList<>()).add(json.getFloatValue());
                }
            }
        }
        return ranges;
    }

    /** What has to have a range: the layers that see their surroundings, and what the last layers see and answer. */
    private static Stream<String> needed(FilmConfig config) {
        Stream<String> layers = FilmLayer.of(config).stream()
                .filter(layer -> layer.kernel() > 1)
                .map(FilmLayer::name);
        return Stream.concat(layers, Stream.of(FEATURES, MASK, LUMA, CHROMA));
    }

    private static boolean isRange(@Nullable List<Float> range) {
        return range != null
                && range.size() == 2
                && range.getFirst() < 0
                && range.getLast() > 0
                && Float.isFinite(range.getLast() - range.getFirst());
    }

    private static ModelException unusable(FilmModel model, String reason, @Nullable Throwable cause) {
        return new ModelException(
                "the model " + model.name() + " cannot be used: " + FilmModel.RANGES_KEY + " " + reason, cause);
    }

    /** Of pictures: luma from 0 to 1, chroma from -0.5 to 0.5. */
    static Quantization pictures(int channels) {
        return Quantization.of(DARKEST, BRIGHTEST, channels);
    }

    /** Of both flows, x and y, as the decoder sees them at a level. */
    static Quantization flows(int level) {
        return Quantization.around(FLOW_BOUND / (1 << level), 4, FLOW_BYTES);
    }

    /** Of features in one byte each, of which 0 is the middle, as the decoder sees them. */
    Quantization warpedFeatures(int channels) {
        List<Float> range = features();
        return Quantization.around(Math.max(-range.getFirst(), range.getLast()), channels, 1);
    }

    /** Of a layer without activation, 0 in the middle. */
    Quantization around(Kernel kernel, int channels) {
        return around(kernel.name(), channels);
    }

    private Quantization around(String name, int channels) {
        List<Float> range = linear.get(name);
        return Quantization.around(Math.max(-range.getFirst(), range.getLast()), channels, 1);
    }

    /** Of a layer before its activation. */
    Quantization linear(Kernel kernel) {
        List<Float> range = linear.get(kernel.name());
        return Quantization.of(range.getFirst(), range.getLast(), kernel.outputs());
    }

    /** Of a layer behind its activation; all that are features have the same. */
    Quantization activated(Kernel kernel) {
        if (isFeature(kernel.name())) {
            return features(kernel.outputs());
        }
        List<Float> range = linear.get(kernel.name());
        return Quantization.of(Operators.LEAK * range.getFirst(), range.getLast(), kernel.outputs());
    }

    /** Of what the last layers see: warped pictures and then features. */
    public Quantization details(int features) {
        Quantization pictures = pictures(BlendOutput.PICTURE_CHANNELS);
        List<Float> range = linear.get(FEATURES);
        return pictures.and(Quantization.of(range.getFirst(), range.getLast(), pictures.zero(), features));
    }

    /** Of what the last layers answer, filled up to so many bytes. */
    public Quantization answer(int bytes) {
        int rest = bytes - BlendOutput.FINISH_OUTPUTS;
        return around(MASK, 4).and(around(LUMA, 4)).and(around(CHROMA, 2 + rest));
    }

    /** Of features. */
    public Quantization features(int channels) {
        List<Float> range = features();
        return Quantization.of(range.getFirst(), range.getLast(), channels);
    }

    private List<Float> features() {
        float low = 0;
        float high = 0;
        for (Map.Entry<String, List<Float>> layer : linear.entrySet()) {
            if (isFeature(layer.getKey())) {
                low = Math.min(low, Operators.LEAK * layer.getValue().getFirst());
                high = Math.max(high, layer.getValue().getLast());
            }
        }
        return List.of(low, high);
    }

    /** Whether a layer gives features: the last one of a depth of the extractor. */
    private static boolean isFeature(String layer) {
        return layer.startsWith("extract.") && layer.endsWith(".1.0");
    }
}
