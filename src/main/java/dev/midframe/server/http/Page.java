package dev.midframe.server.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page: the files listed in {@code web/files}, held in memory. Nothing else can be asked for. */
final class Page {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, Answer> byPath = new HashMap<>();

    Page() {
        List<String> names =
                new String(bytes("files"), StandardCharsets.UTF_8).lines().toList();
        for (String name : names) {
            String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
            if (type == null) {
                throw new IllegalStateException("web/" + name + " is of no type the page knows");
            }
            Map<String, String> headers = Map.of("cache-control", "no-cache");
            byPath.put("/" + name, new Answer(HttpResponseStatus.OK, type, bytes(name), headers));
        }
        byPath.put("/", byPath.get("/index.html"));
    }

    @Nullable
    Answer at(String path) {
        return byPath.get(path);
    }

    private static byte[] bytes(String name) {
        try (InputStream in = Page.class.getResourceAsStream("/web/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the program's own file web/" + name + " is missing: build it again");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
