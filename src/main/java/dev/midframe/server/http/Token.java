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

    /** Something that only who has the key can make of it, and that does not tell it. */
    String signedBy(SessionKey key) {
        return key.sign(new String(secret, StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Token token && MessageDigest.isEqual(token.secret, secret);
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return "Token[hidden]";
    }
}
