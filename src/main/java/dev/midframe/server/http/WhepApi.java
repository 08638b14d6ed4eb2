package dev.midframe.server.http;

import dev.midframe.server.stream.Stream;
import dev.midframe.server.stream.Streams;
import dev.midframe.server.webrtc.WebRtcRefusal;
import dev.midframe.server.webrtc.WebRtcSessions;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** {@code /whep/STREAM}: viewers by WebRTC (WebRTC-HTTP Egress Protocol, draft-ietf-wish-whep; docs/reference/control-api.md). */
final class WhepApi {
    static final String PATH = "/whep/";
    private static final String SDP = "application/sdp";

    private final Streams streams;
    private final Access access;
    private final WebRtcSessions sessions;

    WhepApi(Streams streams, Access access, WebRtcSessions sessions) {
        this.streams = streams;
        this.access = access;
        this.sessions = sessions;
    }

    CompletableFuture<Answer> answer(Request request, String body) {
        if (!access.granted(request)) {
            return told(HttpResponseStatus.UNAUTHORIZED, "the token is missing or wrong");
        }
        String[] parts = request.path().substring(PATH.length()).split("/", -1);
        Stream stream = streams.named(parts[0]);
        if (stream == null || parts.length > 2) {
            return told(HttpResponseStatus.NOT_FOUND, "there is no stream of this name");
        }
        if (parts.length == 2) {
            return CompletableFuture.completedFuture(end(request, parts[0], parts[1]));
        }
        if (!request.method().equals(HttpMethod.POST)) {
            return told(HttpResponseStatus.METHOD_NOT_ALLOWED, "use POST");
        }
        String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        if (!type.split(";")[0].strip().equalsIgnoreCase(SDP)) {
            return told(HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE, "send the offer as " + SDP);
        }
        return sessions.open(stream, body)
                .handle((opened, failure) -> failure == null ? created(request, opened) : refused(failure));
    }

    private Answer end(Request request, String stream, String id) {
        if (!request.method().equals(HttpMethod.DELETE)) {
            return Answer.text(
                    HttpResponseStatus.METHOD_NOT_ALLOWED, "use DELETE; all candidates are in the answer already");
        }
        return sessions.end(stream, id)
                ? Answer.text(HttpResponseStatus.OK, "ended")
                : Answer.text(HttpResponseStatus.NOT_FOUND, "there is no such session");
    }

    private static Answer created(Request request, WebRtcSessions.Opened opened) {
        return new Answer(
                HttpResponseStatus.CREATED,
                SDP,
                opened.answer().getBytes(StandardCharsets.UTF_8),
                Map.of("location", request.path() + "/" + opened.id(), "cache-control", "no-store"));
    }

    private static Answer refused(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (!(cause instanceof WebRtcRefusal refusal)) {
            return Answer.text(HttpResponseStatus.INTERNAL_SERVER_ERROR, "internal error; the log says more");
        }
        return switch (refusal.reason()) {
            case OFFER -> Answer.text(HttpResponseStatus.BAD_REQUEST, refusal.getMessage());
            case FULL ->
                Answer.text(HttpResponseStatus.SERVICE_UNAVAILABLE, refusal.getMessage())
                        .with("retry-after", "10");
            case UNAVAILABLE -> Answer.text(HttpResponseStatus.NOT_IMPLEMENTED, refusal.getMessage());
        };
    }

    private static CompletableFuture<Answer> told(HttpResponseStatus status, String text) {
        return CompletableFuture.completedFuture(Answer.text(status, text));
    }
}
