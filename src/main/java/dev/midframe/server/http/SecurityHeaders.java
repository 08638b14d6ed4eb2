package dev.midframe.server.http;

import io.netty.handler.codec.http.HttpHeaders;

/** Headers that keep the page to itself: own scripts only, no frames around it, nothing guessed or passed on. */
public record SecurityHeaders(boolean tls) {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; media-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    void addTo(HttpHeaders headers) {
        headers.set("content-security-policy", POLICY)
                .set("x-content-type-options", "nosniff")
                .set("referrer-policy", "no-referrer")
                .set("cross-origin-opener-policy", "same-origin")
                .set("cross-origin-resource-policy", "same-origin")
                .set("permissions-policy", "camera=(), microphone=(), geolocation=()");
        if (tls) {
            headers.set("strict-transport-security", "max-age=31536000");
        }
    }
}
