package dev.midframe.server.http;

import dev.midframe.server.metrics.ServerMetrics;
import dev.midframe.server.stream.Stream;
import dev.midframe.server.stream.Streams;
import dev.midframe.server.webrtc.WebRtcSessions;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What is where. Pure: from a request to its answer. */
public final class Routes {
    public static final String WEB_SOCKET = "/ws/";

    private final Streams streams;
    private final Access access;
    private final ServerMetrics metrics;
    private final ControlApi api;
    private final WhepApi whep;
    private final Page page = new Page();

    public Routes(
            Streams streams,
            Access access,
            ServerMetrics metrics,
            Json json,
            ReloadControl reload,
            WebRtcSessions webRtc) {
        this.streams = streams;
        this.access = access;
        this.metrics = metrics;
        this.api = new ControlApi(streams, access, json, reload, webRtc);
        this.whep = new WhepApi(streams, access, webRtc);
    }

    /** The answer, later where it takes some time to find. */
    CompletableFuture<Answer> answer(Request request, ByteBuf body) {
        Answer refusal = refusalOfAny(request);
        if (refusal == null && request.path().startsWith(WhepApi.PATH)) {
            return whep.answer(request, body.toString(StandardCharsets.UTF_8));
        }
        return CompletableFuture.completedFuture(refusal == null ? answer(request) : refusal);
    }

    private @Nullable Answer refusalOfAny(Request request) {
        Answer wait = pause(request);
        if (wait != null) {
            return wait;
        }
        if (!access.hostKnown(request)) {
            return Answer.text(
                    HttpResponseStatus.MISDIRECTED_REQUEST,
                    "this server does not go by that name; add it to server.allowed-hosts");
        }
        if (!request.reads() && !access.originAllowed(request)) {
            return Answer.text(HttpResponseStatus.FORBIDDEN, "pages of that origin may not do this");
        }
        return null;
    }

    private Answer answer(Request request) {
        if (request.path().startsWith("/api/")) {
            return api.answer(request);
        }
        Answer file = page.at(request.path());
        if (!request.reads()) {
            return Answer.text(HttpResponseStatus.METHOD_NOT_ALLOWED, "use GET");
        }
        return file != null ? file : figures(request);
    }

    private Answer figures(Request request) {
        return switch (request.path()) {
            case "/healthz" -> Answer.text(HttpResponseStatus.OK, "ok");
            case "/readyz" -> ready(request.parameter("stream"));
            case "/metrics" ->
                access.granted(request)
                        ? new Answer(
                                HttpResponseStatus.OK,
                                "text/plain; version=0.0.4; charset=utf-8",
                                metrics.text(),
                                Map.of("cache-control", "no-store"))
                        : Answer.text(HttpResponseStatus.UNAUTHORIZED, "the token is missing or wrong");
            default -> Answer.text(HttpResponseStatus.NOT_FOUND, "there is nothing here");
        };
    }

    private Answer ready(@Nullable String name) {
        Stream stream = name == null ? null : streams.named(name);
        if (name != null && stream == null) {
            return Answer.text(HttpResponseStatus.NOT_FOUND, "there is no stream of this name");
        }
        return (stream == null ? streams.ready() : stream.running())
                ? Answer.text(HttpResponseStatus.OK, "ready")
                : Answer.text(HttpResponseStatus.SERVICE_UNAVAILABLE, "a stream does not run yet");
    }

    /** Why this client may not watch; null when it may. */
    @Nullable
    Answer refusal(Request request) {
        Answer wait = pause(request);
        if (wait != null) {
            return wait;
        }
        if (!access.hostKnown(request)) {
            return Answer.text(HttpResponseStatus.MISDIRECTED_REQUEST, "this server does not go by that name");
        }
        if (!access.originAllowed(request)) {
            return Answer.text(HttpResponseStatus.FORBIDDEN, "pages of that origin may not watch");
        }
        if (!access.granted(request)) {
            return Answer.text(HttpResponseStatus.UNAUTHORIZED, "the token is missing or wrong");
        }
        return stream(request) == null
                ? Answer.text(HttpResponseStatus.NOT_FOUND, "there is no stream of this name")
                : null;
    }

    private @Nullable Answer pause(Request request) {
        Duration pause = access.pause(request);
        if (!pause.isPositive()) {
            return null;
        }
        Answer wait = Answer.text(HttpResponseStatus.TOO_MANY_REQUESTS, "too many wrong tokens; wait");
        return wait.with("retry-after", Long.toString(pause.toSeconds() + 1));
    }

    /** The stream that a WebSocket's path names. */
    @Nullable
    Stream stream(Request request) {
        return streams.named(request.path().substring(WEB_SOCKET.length()));
    }
}
