package dev.midframe.server.http;

import dev.midframe.server.stream.Stream;
import dev.midframe.server.stream.Streams;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;

/** {@code /api/...}: list, start and stop streams, and exchange the token for a session (docs/server.md). */
final class ControlApi {
    private final Streams streams;
    private final Access access;
    private final Json json;

    ControlApi(Streams streams, Access access, Json json) {
        this.streams = streams;
        this.access = access;
        this.json = json;
    }

    Answer answer(Request request) {
        String[] parts = request.path().substring("/api/".length()).split("/", -1);
        if (parts[0].equals("session") && parts.length == 1) {
            return session(request);
        }
        if (!access.granted(request)) {
            return problem(HttpResponseStatus.UNAUTHORIZED, "the token is missing or wrong");
        }
        if (!parts[0].equals("streams") || parts.length > 3) {
            return problem(HttpResponseStatus.NOT_FOUND, "there is no " + request.path());
        }
        if (parts.length == 1) {
            return list(request);
        }
        Stream stream = streams.named(parts[1]);
        if (stream == null) {
            return problem(HttpResponseStatus.NOT_FOUND, "there is no stream of this name in the configuration");
        }
        return parts.length == 2 ? show(request, stream) : act(request, stream, parts[2]);
    }

    private Answer session(Request request) {
        if (request.method().equals(HttpMethod.POST)) {
            if (!access.granted(request)) {
                return problem(HttpResponseStatus.UNAUTHORIZED, "the token is missing or wrong");
            }
            Answer open = Answer.json(HttpResponseStatus.OK, json.text(new Json.Session(access.tokenRequired(), true)));
            return new Answer(
                    open.status(),
                    open.type(),
                    open.body(),
                    Map.of("set-cookie", access.sessionCookie(), "cache-control", "no-store"));
        }
        return request.reads()
                ? Answer.json(
                        HttpResponseStatus.OK,
                        json.text(new Json.Session(access.tokenRequired(), access.granted(request))))
                : notAllowed("GET or POST");
    }

    private Answer list(Request request) {
        return request.reads()
                ? Answer.json(
                        HttpResponseStatus.OK,
                        json.text(new Json.StreamList(
                                streams.all().stream().map(Stream::view).toList())))
                : notAllowed("GET");
    }

    private Answer show(Request request, Stream stream) {
        return request.reads() ? Answer.json(HttpResponseStatus.OK, json.text(stream.view())) : notAllowed("GET");
    }

    private Answer act(Request request, Stream stream, String action) {
        if (!action.equals("start") && !action.equals("stop")) {
            return problem(HttpResponseStatus.NOT_FOUND, "a stream can be started and stopped, nothing else");
        }
        if (!request.method().equals(HttpMethod.POST)) {
            return notAllowed("POST");
        }
        if (action.equals("start")) {
            stream.start();
        } else {
            stream.stop();
        }
        return Answer.json(HttpResponseStatus.ACCEPTED, json.text(stream.view()));
    }

    private Answer notAllowed(String allowed) {
        return problem(HttpResponseStatus.METHOD_NOT_ALLOWED, "use " + allowed);
    }

    private Answer problem(HttpResponseStatus status, String message) {
        return Answer.json(status, json.text(new Json.Problem("error", message)));
    }
}
