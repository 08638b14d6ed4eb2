package dev.midframe.tensorrt.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a layer of a built engine takes.
 *
 * @param layer as TensorRT calls it, often of several of the network's that it has joined
 * @param millis of one run
 * @param share of all layers together
 * @param type for example {@code CaskConvolution}; empty where the engine was built without details, as the next two
 * @param formats of its first input and output, which are the precision as well
 * @param kernel that was chosen
 */
public record LayerTime(String layer, double millis, double share, String type, String formats, String kernel) {

    private static final List<String> FORMAT_FIELDS = List.of("Format/Datatype", "Format", "Datatype");

    /**
     * Puts times and descriptions together, the slowest first.
     *
     * @param millis by layer, of so many runs together
     * @param json of TensorRT's engine inspector
     */
    static List<LayerTime> of(Map<String, Double> millis, int runs, String json) {
        Map<String, JsonNode> described = described(json);
        double all = millis.values().stream().mapToDouble(Double::doubleValue).sum();
        List<LayerTime> times = new ArrayList<>();
        millis.forEach((layer, time) -> {
            JsonNode node = described.getOrDefault(layer, new ObjectMapper().createObjectNode());
            times.add(new LayerTime(
                    layer,
                    time / runs,
                    all == 0 ? 0 : time / all,
                    node.path("LayerType").asText(),
                    formats(node),
                    node.path("TacticName").asText()));
        });
        times.sort(Comparator.comparingDouble(LayerTime::millis).reversed());
        return times;
    }

    private static Map<String, JsonNode> described(String json) {
        Map<String, JsonNode> layers = new HashMap<>();
        try {
            new ObjectMapper()
                    .readTree(json)
                    .path("Layers")
                    .forEach(layer -> layers.put(layer.path("Name").asText(), layer));
        } catch (JsonProcessingException e) {
            // Times without descriptions are still worth something.
            return Map.of();
        }
        return layers;
    }

    private static String formats(JsonNode layer) {
        return Stream.of("Inputs", "Outputs")
                .map(side -> format(layer.path(side).path(0)))
                .filter(format -> !format.isEmpty())
                .collect(Collectors.joining(" -> "));
    }

    private static String format(JsonNode tensor) {
        return StreamSupport.stream(FORMAT_FIELDS.spliterator(), false)
                .map(field -> tensor.path(field).asText())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
