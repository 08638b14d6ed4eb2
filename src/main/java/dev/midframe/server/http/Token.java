package dev.midframe.server.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The secret a caller has to show. It is compared in constant time and never printed. */
public final class Token {
    private final byte[] secret;

    public Token(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the text is the secret; takes as long whatever the first difference is. */
    boolean matches(@Nullable String candidate) {
        return candidate != null && MessageDigest.isEqual(candidate.getBytes(StandardCharsets.UTF_8), secret);
    }

    @Override
    public String toString() {
        return "Token[hidden]";
    }
}
