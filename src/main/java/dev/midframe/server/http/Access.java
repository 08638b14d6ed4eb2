package dev.midframe.server.http;

import dev.midframe.server.config.ServerConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what: the token, or the session cookie that a page got for it; the names the server answers to (against DNS
 * rebinding); the origins whose pages may act (against other pages in the same browser).
 */
public final class Access {
    private static final String COOKIE = "midframe_session";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

    private final @Nullable Token token;
    private final @Nullable Token watchToken;
    private final Sessions sessions;
    private final boolean loopback;
    private final boolean secure;
    private final TokenGuesses guesses;
    private final Set<String> origins;
    private final Set<String> hosts;

    /**
     * @param key signs the cookies of pages
     * @param nanos a clock that never goes back
     */
    public Access(ServerConfig config, SessionKey key, LongSupplier nanos) {
        this.guesses = new TokenGuesses(nanos);
        this.token = config.token();
        this.watchToken = config.watchToken();
        this.sessions = new Sessions(key, InstantSource.system(), watchToken, token);
        this.loopback = config.address().getAddress().isLoopbackAddress();
        this.secure = config.tls() != null;
        this.origins = config.origins();
        this.hosts = config.hosts();
    }

    boolean tokenRequired() {
        return token != null;
    }

    Right right(Request request) {
        if (token == null) {
            return Right.CONTROL;
        }
        Right session = sessions.right(request.cookie(COOKIE));
        String shown = request.bearer();
        if (shown == null) {
            return session;
        }
        Right right = rightOf(shown, token);
        if (right != Right.NOTHING) {
            guesses.right(request.client());
            return right;
        }
        if (session == Right.NOTHING) {
            guesses.wrong(request.client());
        }
        return session;
    }

    private Right rightOf(String shown, Token control) {
        if (control.matches(shown)) {
            return Right.CONTROL;
        }
        return watchToken != null && watchToken.matches(shown) ? Right.WATCH : Right.NOTHING;
    }

    /** Whether the caller may see streams, pictures and figures. */
    boolean granted(Request request) {
        return right(request) != Right.NOTHING;
    }

    /** How long a token in this request is not looked at, because of wrong ones before it; zero or less where it is. */
    Duration pause(Request request) {
        return token == null || request.bearer() == null ? Duration.ZERO : guesses.pause(request.client());
    }

    /** The cookie for a page that showed a token: scripts cannot read it. */
    String sessionCookie(Right right) {
        return COOKIE + "=" + sessions.begin(right) + "; Path=/; Max-Age=" + Sessions.LIFETIME.toSeconds()
                + "; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : "");
    }

    /** Whether the request names this server by a name it goes by. */
    boolean hostKnown(Request request) {
        String host = request.headers().get(HttpHeaderNames.HOST);
        if (host == null) {
            return false;
        }
        String name = PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("");
        return hosts.contains(name) || (loopback ? LOOPBACK.contains(name) : hosts.isEmpty());
    }

    /** Whether the page that asks, if it is one, is ours or a configured one. Programs send no origin. */
    boolean originAllowed(Request request) {
        String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        String own = (secure ? "https://" : "http://") + request.headers().get(HttpHeaderNames.HOST);
        return origin == null || origin.equalsIgnoreCase(own) || origins.contains(origin);
    }
}
