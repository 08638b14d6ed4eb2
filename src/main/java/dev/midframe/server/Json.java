package dev.midframe.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of the control API and of the WebSocket's text messages (docs/server.md, docs/websocket.md). */
final class Json {
    private final ObjectMapper mapper = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    /** One stream as the API shows it. */
    record StreamView(
            String name,
            String title,
            String state,
            String message,
            int viewers,
            @Nullable StreamFormat format,
            StreamMeter.Figures figures,
            String engine,
            String model) {}

    record StreamList(List<StreamView> streams) {}

    record Hello(String type, int version, String stream, String title, StreamFormat format) {}

    record State(String type, String state, String message) {}

    record Stats(String type, int viewers, StreamMeter.Figures figures, String engine, String model) {}

    record Problem(String type, String message) {}

    record Session(boolean required, boolean open) {}

    String text(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass(), e);
        }
    }

    /** The object in the text; null when it is not one. */
    @Nullable
    JsonNode object(String text) {
        try {
            JsonNode node = mapper.readTree(text);
            return node != null && node.isObject() ? node : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
