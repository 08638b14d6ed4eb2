package dev.midframe.onnx.lowering;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.midframe.film.ModelException;
import dev.midframe.film.graph.Lowering;
import dev.midframe.film.model.Channels;
import dev.midframe.film.model.FilmConfig;
import dev.midframe.film.model.FilmLayer;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.model.Kernel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The lowest and highest values of a network's activations, as seen on real pictures ({@code midframe_train calibrate}): what
 * quantization needs. Layers are named as their weights are, without {@code .weight}.
 *
 * @param linear lowest and highest value of a layer's output before its activation function, and of {@link #FEATURES} and what
 *     follows
 */
public record ActivationRanges(Map<String, List<Float>> linear) {

    /** Key of their JSON text in the model's metadata. */
    public static final String METADATA_KEY = "film.ranges";

    private static final JsonFactory JSON = new JsonFactory();

    /** Kernels read so many quantized channels at once, on every processor. */
    private static final int CHANNELS_TOGETHER = 16;

    /** The decoder's features as the blend head sees them, and the output of its last layer: mask, residual of luma and of chroma. */
    private static final String FEATURES = "finish.features";

    private static final String MASK = "finish.mask";
    private static final String LUMA = "finish.luma";
    private static final String CHROMA = "finish.chroma";

    private static final float DARKEST = -0.5f;
    private static final float BRIGHTEST = 1;

    /**
     * Flows of level 0 as the decoder sees them: so many pixels an element, and so many elements. One element for all of it
     * would be too coarse, and its weights so much larger than those of features that these would be rounded off.
     */
    private static final float FLOW_BOUND = 4;

    private static final int FLOW_ELEMENTS = 4;

    /**
     * Those of a model that can be computed in int8: its file has ranges, its layers fit, and its output is
     * {@link FilmConfig.Output#BLEND}.
     *
     * @throws ModelException when what the file has are no ranges
     */
    public static Optional<ActivationRanges> of(FilmModel model) {
        FilmConfig config = model.config();
        String json = model.metadata().get(METADATA_KEY);
        if (json == null
                || config.output() != FilmConfig.Output.BLEND
                || config.filters().stream().anyMatch(filters -> filters % CHANNELS_TOGETHER != 0)) {
            return Optional.empty();
        }
        Map<String, List<Float>> linear;
        try {
            linear = read(json);
        } catch (IOException e) {
            throw unusable(model, "is no JSON object of lists", e);
        }
        needed(config).filter(name -> !isRange(linear.get(name))).findFirst().ifPresent(name -> {
            throw unusable(model, "has no range around 0 for " + name, null);
        });
        return Optional.of(new ActivationRanges(linear));
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

    /** What has to have a range: the layers that see their surroundings, and the blend head's input and output. */
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
                "the model " + model.name() + " cannot be used: " + METADATA_KEY + " " + reason, cause);
    }

    /** Of pictures: luma from 0 to 1, chroma from -0.5 to 0.5. */
    static Quantization pictures(int channels) {
        return Quantization.of(DARKEST, BRIGHTEST, channels);
    }

    /** Of both flows, x and y, as the decoder sees them at a level. */
    static Quantization flows(int level) {
        return Quantization.symmetric(FLOW_BOUND / (1 << level), Channels.FLOWS, FLOW_ELEMENTS);
    }

    /** Of warped features as the decoder sees them. */
    Quantization warpedFeatures(int channels) {
        List<Float> range = features();
        return Quantization.symmetric(Math.max(-range.getFirst(), range.getLast()), channels, 1);
    }

    /** Of the output of a layer without activation function, or of so many channels like it. */
    Quantization symmetric(Kernel kernel, int channels) {
        return symmetric(kernel.name(), channels);
    }

    private Quantization symmetric(String name, int channels) {
        List<Float> range = linear.get(name);
        return Quantization.symmetric(Math.max(-range.getFirst(), range.getLast()), channels, 1);
    }

    /** Of a layer's output before its activation function. */
    Quantization linear(Kernel kernel) {
        List<Float> range = linear.get(kernel.name());
        return Quantization.of(range.getFirst(), range.getLast(), kernel.outputs());
    }

    /** Of a layer's output behind its activation function; all that are features of the extractor have the same. */
    Quantization activated(Kernel kernel) {
        if (isFeature(kernel.name())) {
            return features(kernel.outputs());
        }
        List<Float> range = linear.get(kernel.name());
        return Quantization.of(Lowering.LEAK * range.getFirst(), range.getLast(), kernel.outputs());
    }

    /** Of what the blend head's layers see: warped pictures and then features. */
    Quantization blendHeadInput(int features) {
        Quantization pictures = pictures(Channels.PICTURES);
        List<Float> range = linear.get(FEATURES);
        return pictures.and(Quantization.of(range.getFirst(), range.getLast(), pictures.zeroPoint(), features));
    }

    /** Of the output of the blend head's last layer, padded to so many channels. */
    Quantization blendHeadOutput(int channels) {
        int padding = channels - Channels.BLEND_HEAD;
        return symmetric(MASK, Channels.LUMA)
                .and(symmetric(LUMA, Channels.LUMA))
                .and(symmetric(CHROMA, Channels.CHROMA + padding));
    }

    /** Of the extractor's features. */
    Quantization features(int channels) {
        List<Float> range = features();
        return Quantization.of(range.getFirst(), range.getLast(), channels);
    }

    private List<Float> features() {
        float low = 0;
        float high = 0;
        for (Map.Entry<String, List<Float>> layer : linear.entrySet()) {
            if (isFeature(layer.getKey())) {
                low = Math.min(low, Lowering.LEAK * layer.getValue().getFirst());
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
