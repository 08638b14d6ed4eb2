package dev.midframe.server.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What goes back to one request. */
record Answer(HttpResponseStatus status, String type, byte[] body, Map<String, String> headers) {

    static Answer text(HttpResponseStatus status, String text) {
        return new Answer(status, "text/plain; charset=utf-8", utf8(text + "\n"), Map.of());
    }

    static Answer json(HttpResponseStatus status, String json) {
        return new Answer(status, "application/json", utf8(json + "\n"), Map.of("cache-control", "no-store"));
    }

    Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, type, body, more);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
