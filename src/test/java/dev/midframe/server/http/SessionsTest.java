package dev.midframe.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final Token WATCH = new Token("only-for-watching");
    private static final Token CONTROL = new Token("for-everything-else");

    @TempDir
    private Path folder;

    private static Sessions sessions(SessionKey key, Instant now, Token control) {
        return new Sessions(key, InstantSource.fixed(now), WATCH, control);
    }

    @Test
    void outliveTheProcess() {
        Path file = folder.resolve("state").resolve("session.key");
        String cookie = sessions(SessionKey.in(file), NOW, CONTROL).begin(Right.CONTROL);

        assertThat(sessions(SessionKey.in(file), NOW, CONTROL).right(cookie)).isEqualTo(Right.CONTROL);
        assertThat(sessions(SessionKey.random(), NOW, CONTROL).right(cookie)).isEqualTo(Right.NOTHING);
    }

    @Test
    void endWithTheirTimeOrTheirToken() {
        SessionKey key = SessionKey.random();
        String control = sessions(key, NOW, CONTROL).begin(Right.CONTROL);
        String watch = sessions(key, NOW, CONTROL).begin(Right.WATCH);
        Instant almost = NOW.plus(Sessions.LIFETIME).minus(Duration.ofSeconds(1));

        assertThat(sessions(key, almost, CONTROL).right(control)).isEqualTo(Right.CONTROL);
        assertThat(sessions(key, NOW.plus(Sessions.LIFETIME), CONTROL).right(control))
                .isEqualTo(Right.NOTHING);
        assertThat(sessions(key, NOW, new Token("another-one-since")).right(control))
                .isEqualTo(Right.NOTHING);
        assertThat(sessions(key, NOW, new Token("another-one-since")).right(watch))
                .isEqualTo(Right.WATCH);
    }

    @Test
    void whatIsNotSignedIsNone() {
        Sessions sessions = sessions(SessionKey.random(), NOW, CONTROL);
        String watch = sessions.begin(Right.WATCH);

        for (String forged : new String[] {
            null,
            "",
            "control",
            "control.1.",
            "..",
            watch.replace("watch", "control"),
            watch + "0",
            "nothing.1.00",
            watch.replaceFirst("\\.\\d+\\.", ".99999999999999999999.")
        }) {
            assertThat(sessions.right(forged)).as(forged).isEqualTo(Right.NOTHING);
        }
    }

    @Test
    void theKeyIsItsOwnersAlone() throws IOException {
        Path file = folder.resolve("session.key");
        SessionKey key = SessionKey.in(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(key.toString()).isEqualTo("SessionKey[hidden]");
    }

    @Test
    void withoutAPlaceForTheKeySessionsLastAsLongAsTheProcess() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder").resolve("session.key");
        Sessions sessions = sessions(SessionKey.in(file), NOW, CONTROL);

        assertThat(sessions.right(sessions.begin(Right.WATCH))).isEqualTo(Right.WATCH);
    }
}
