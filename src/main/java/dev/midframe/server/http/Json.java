package dev.midframe.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midframe.server.metrics.StreamMeter;
import dev.midframe.server.websocket.SoundFormat;
import dev.midframe.server.websocket.StreamFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of the control API and of the WebSocket's text messages (docs/reference/control-api.md, docs/reference/websocket.md). */
public final class Json {
    private final ObjectMapper mapper = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    /** One stream as the API shows it. */
    public record StreamView(
            String name,
            String title,
            String state,
            String message,
            int viewers,
            @Nullable StreamFormat format,
            @Nullable SoundFormat sound,
            StreamMeter.Figures figures,
            String engine,
            String model,
            Map<String, String> addresses) {}

    /** @param webRtc whether they can be had by WebRTC, too */
    record StreamList(List<StreamView> streams, boolean webRtc) {}

    public record Hello(String type, int version, String stream, String title, StreamFormat format) {}

    public record Sound(String type, SoundFormat format) {}

    public record State(String type, String state, String message) {}

    public record Stats(
            String type, int viewers, StreamMeter.Figures figures, boolean sound, String engine, String model) {}

    public record Problem(String type, String message) {}

    record Session(boolean required, boolean open, boolean control) {}

    /**
     * How the configuration was read again.
     *
     * @param state {@code none}, {@code running}, {@code done} or {@code refused}
     * @param message why it was refused, or what did not take effect
     * @param changed streams
     */
    public record Reload(String type, String state, String message, List<String> changed) {}

    public String text(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass(), e);
        }
    }

    /** The object in the text; null when it is not one. */
    @Nullable
    public JsonNode object(String text) {
        try {
            JsonNode node = mapper.readTree(text);
            return node != null && node.isObject() ? node : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
