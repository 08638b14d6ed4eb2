package dev.midframe.server.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as the endpoints see it. */
record Request(
        ClientAddress client,
        HttpMethod method,
        String path,
        Map<String, List<String>> parameters,
        HttpHeaders headers) {

    /** @throws IllegalArgumentException when the address has a malformed escape, or the server is named twice */
    static Request of(ClientAddress client, HttpMethod method, String uri, HttpHeaders headers) {
        if (headers.getAll(HttpHeaderNames.HOST).size() > 1) {
            throw new IllegalArgumentException("Host stands twice");
        }
        QueryStringDecoder address = new QueryStringDecoder(uri);
        return new Request(client, method, address.path(), address.parameters(), headers);
    }

    boolean reads() {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    /** The first value of the query's parameter. */
    @Nullable
    String parameter(String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        return values.isEmpty() ? null : values.getFirst();
    }

    @Nullable
    String bearer() {
        String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
        String scheme = "Bearer ";
        return authorization != null && authorization.regionMatches(true, 0, scheme, 0, scheme.length())
                ? authorization.substring(scheme.length()).strip()
                : null;
    }

    @Nullable
    String cookie(String name) {
        String header = headers.get(HttpHeaderNames.COOKIE);
        return header == null
                ? null
                : ServerCookieDecoder.STRICT.decode(header).stream()
                        .filter(cookie -> cookie.name().equals(name))
                        .map(Cookie::value)
                        .findFirst()
                        .orElse(null);
    }
}
