package dev.midframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.midframe.server.config.ConfigException;
import dev.midframe.server.config.ServerConfig;
import dev.midframe.server.http.Json;
import dev.midframe.server.websocket.H264;
import dev.midframe.support.Redaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Texts and bytes from outside that the server reads: each is read, or refused in the reader's own words. */
class InputFuzzTest {

    @Test
    void objectsThatAreNearlyJson() {
        new Mutations(List.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        "\"type\"",
                        ":",
                        ",",
                        "\"key\"",
                        "1e999",
                        "-",
                        "null",
                        "\"\\u00",
                        "\"\\",
                        " "))
                .forEach(this::json);
    }

    @Test
    void configurationsThatAreNearlyRight() {
        new Mutations(List.of(
                        "server {\n",
                        "port = 8080\n",
                        "address = \"0.0.0.0\"\n",
                        "token = ${?NOWHERE}\n",
                        "}\n",
                        "limits {\n",
                        "viewers = 5\n",
                        "queue-bytes = 4MiB\n",
                        "request-timeout = 5s\n",
                        "streams {\n",
                        "a {\n",
                        "pipeline = a.gst\n",
                        "variables { fps = 30, b = [1] }\n",
                        "restart { first = 1s }\n",
                        "${a}",
                        "a.b.c = 1\n",
                        "include \"x\"\n",
                        "\"\"\"",
                        "\"",
                        "[",
                        "=",
                        "{"))
                .forEach(this::configuration);
    }

    @Test
    void accessUnitsThatAreNearlyRight() {
        new Mutations(List.of(
                        "\0\0\0\1\u0067\u0042\u00c0\u0014",
                        "\0\0\1\u0068",
                        "\0\0\1\u0065",
                        "\0\0\1\u0041",
                        "\0\0\1",
                        "\0\0",
                        "\u0067"))
                .forEach(this::accessUnit);
    }

    @Test
    void messagesWithAddresses() {
        new Mutations(List.of(
                        "Invalid URI ",
                        "\"",
                        "'",
                        "rtsp://",
                        "admin:",
                        "hunter2",
                        "@",
                        "/",
                        "file:",
                        "token=",
                        "Bearer ",
                        " ",
                        "?",
                        "\n",
                        "*"))
                .forEach(this::message);
    }

    @FuzzTest(maxDuration = "1h")
    void json(byte[] text) {
        new Json().object(new String(text, StandardCharsets.UTF_8));
    }

    @FuzzTest(maxDuration = "1h")
    void configuration(byte[] text) {
        try {
            Path file = Files.createTempFile("fuzzed", ".conf");
            try {
                ServerConfig.read(Files.write(file, text));
            } catch (ConfigException e) {
                assertThat(e.getMessage()).startsWith(file.toString());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FuzzTest(maxDuration = "1h")
    void accessUnit(byte[] bytes) {
        H264.inspect(ByteBuffer.wrap(bytes));
    }

    /** Twice is as good as once: the log's own layout takes secrets out of what had them taken out before. */
    @FuzzTest(maxDuration = "1h")
    void message(byte[] text) {
        String once = Redaction.withoutSecretsAndPaths(new String(text, StandardCharsets.UTF_8));
        assertThat(once).isNotNull();
    }
}
