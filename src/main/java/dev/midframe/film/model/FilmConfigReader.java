package dev.midframe.film.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.midframe.film.ModelException;
import dev.midframe.film.model.FilmConfig.Output;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a configuration's JSON as a stream: binding it to the record took a quarter of a second of every start. */
final class FilmConfigReader {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Weights from before there was a choice say nothing of it. */
    private static final int USUAL_FINISH_CONVS = 2;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, List<Integer>> lists = new HashMap<>();
    private @Nullable Output output;

    private FilmConfigReader() {}

    /** @throws ModelException when it is not JSON, lacks a property, has an unknown one, or cannot be a network */
    static FilmConfig read(String text) {
        FilmConfigReader reader = new FilmConfigReader();
        try (JsonParser json = JSON.createParser(text)) {
            reader.object(json);
        } catch (JsonProcessingException e) {
            throw unusable(e.getOriginalMessage());
        } catch (IOException e) {
            throw unusable(e.getMessage());
        }
        return reader.config();
    }

    private void object(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw unusable("it is no JSON object");
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            json.nextToken();
            switch (key) {
                case "stem",
                        "levels",
                        "fusion_levels",
                        "specialized_levels",
                        "finish_filters",
                        "finish_features",
                        "finish_convs",
                        "lucas_kanade" -> numbers.put(key, number(key, json));
                case "filters", "flow_convs", "flow_filters", "fusion_filters" -> lists.put(key, list(key, json));
                case "output" -> output = output(json.getText());
                default -> throw unusable("there is no property " + key);
            }
        }
        if (json.nextToken() != null) {
            throw unusable("it goes on after the end of the JSON object");
        }
    }

    /** What is missing is left to the record's own checks. */
    private FilmConfig config() {
        return new FilmConfig(
                numbers.getOrDefault("stem", 0),
                lists.get("filters"),
                numbers.getOrDefault("levels", 0),
                numbers.getOrDefault("fusion_levels", 0),
                numbers.getOrDefault("specialized_levels", 0),
                lists.get("flow_convs"),
                lists.get("flow_filters"),
                lists.get("fusion_filters"),
                numbers.getOrDefault("finish_filters", 0),
                numbers.getOrDefault("finish_features", 0),
                numbers.getOrDefault("finish_convs", output == Output.BLEND ? USUAL_FINISH_CONVS : 0),
                numbers.getOrDefault("lucas_kanade", 0),
                output);
    }

    private static List<Integer> list(String key, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw unusable(key + " is " + json.getText() + " and not a list");
        }
        List<Integer> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            list.add(number(key, json));
        }
        return list;
    }

    private static int number(String key, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw unusable(key + " is " + json.getText() + " and not a whole number");
        }
        return json.getIntValue();
    }

    private static Output output(String text) {
        for (Output output : Output.values()) {
            if (output.name().toLowerCase(Locale.ROOT).equals(text)) {
                return output;
            }
        }
        throw unusable("output is " + text + "; rgb and blend are known");
    }

    private static ModelException unusable(String reason) {
        return new ModelException("film.config is not a usable configuration: " + reason);
    }
}
