package dev.midframe.server.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of pages that have shown a token: {@code RIGHT.SECOND.SIGNATURE}, signed with the server's key over the token
 * too, so that a session ends with its time or its token and not with the process.
 */
final class Sessions {
    static final Duration LIFETIME = Duration.ofDays(30);

    private final SessionKey key;
    private final InstantSource clock;
    private final @Nullable Token watch;
    private final @Nullable Token control;

    Sessions(SessionKey key, InstantSource clock, @Nullable Token watch, @Nullable Token control) {
        this.key = key;
        this.clock = clock;
        this.watch = watch;
        this.control = control;
    }

    String begin(Right right) {
        long now = clock.instant().getEpochSecond();
        return right.id() + "." + now + "." + signature(right, now);
    }

    /** What the bearer of a cookie may do; nothing where it is none of ours, or its time is over. */
    Right right(@Nullable String cookie) {
        String[] parts = cookie == null ? new String[0] : cookie.split("\\.", -1);
        if (parts.length != 3 || !parts[1].matches("\\d{1,12}")) {
            return Right.NOTHING;
        }
        long begun = Long.parseLong(parts[1]);
        for (Right right : new Right[] {Right.WATCH, Right.CONTROL}) {
            if (parts[0].equals(right.id()) && signed(right, begun, parts[2]) && isOpen(begun)) {
                return right;
            }
        }
        return Right.NOTHING;
    }

    private boolean isOpen(long begun) {
        Instant end = Instant.ofEpochSecond(begun).plus(LIFETIME);
        return clock.instant().isBefore(end);
    }

    private boolean signed(Right right, long begun, String signature) {
        return MessageDigest.isEqual(
                signature(right, begun).getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
    }

    private String signature(Right right, long begun) {
        Token token = right == Right.CONTROL ? control : watch;
        return key.sign(
                "midframe session " + right.id() + " " + begun + " " + (token == null ? "" : token.signedBy(key)));
    }
}
