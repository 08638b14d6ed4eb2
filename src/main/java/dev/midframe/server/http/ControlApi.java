package dev.midframe.server.http;

import dev.midframe.server.stream.Stream;
import dev.midframe.server.stream.Streams;
import dev.midframe.server.webrtc.WebRtcSessions;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;

/** {@code /api/...}: list, start and stop streams, read the configuration again, exchange a token for a session (docs/reference/control-api.md). */
final class ControlApi {
    private final Streams streams;
    private final Access access;
    private final Json json;
    private final ReloadControl reload;
    private final WebRtcSessions webRtc;

    ControlApi(Streams streams, Access access, Json json, ReloadControl reload, WebRtcSessions webRtc) {
        this.streams = streams;
        this.access = access;
        this.json = json;
        this.reload = reload;
        this.webRtc = webRtc;
    }

    Answer answer(Request request) {
        String[] parts = request.path().substring("/api/".length()).split("/", -1);
        if (parts[0].equals("session") && parts.length == 1) {
            return session(request);
        }
        Right right = access.right(request);
        if (right == Right.NOTHING) {
            return problem(HttpResponseStatus.UNAUTHORIZED, "the token is missing or wrong");
        }
        if (right != Right.CONTROL && !request.reads()) {
            return problem(HttpResponseStatus.FORBIDDEN, "this token is for watching; server.token is for this");
        }
        if (parts[0].equals("reload") && parts.length == 1) {
            return reload(request);
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
        Right right = access.right(request);
        Json.Session session = new Json.Session(access.tokenRequired(), right != Right.NOTHING, right == Right.CONTROL);
        if (request.method().equals(HttpMethod.POST)) {
            return right == Right.NOTHING
                    ? problem(HttpResponseStatus.UNAUTHORIZED, "the token is missing or wrong")
                    : Answer.json(HttpResponseStatus.OK, json.text(session))
                            .with("set-cookie", access.sessionCookie(right));
        }
        return request.reads() ? Answer.json(HttpResponseStatus.OK, json.text(session)) : notAllowed("GET or POST");
    }

    private Answer reload(Request request) {
        if (request.method().equals(HttpMethod.POST)) {
            reload.begin();
            return Answer.json(HttpResponseStatus.ACCEPTED, json.text(reload.last()));
        }
        return request.reads()
                ? Answer.json(HttpResponseStatus.OK, json.text(reload.last()))
                : notAllowed("GET or POST");
    }

    private Answer list(Request request) {
        return request.reads()
                ? Answer.json(
                        HttpResponseStatus.OK,
                        json.text(new Json.StreamList(
                                streams.all().stream().map(Stream::view).toList(), webRtc.offered())))
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
