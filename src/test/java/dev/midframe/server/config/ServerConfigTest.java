package dev.midframe.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.server.http.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerConfigTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void aPipelineFileIsThere() throws IOException {
        Files.writeString(folder.resolve("a.gst"), "fakesrc ! fakesink\n");
        file = folder.resolve("test.conf");
    }

    @Test
    void theShippedConfigurationIsValidAndShowsTheDefaults() {
        ServerConfig shipped = ServerConfig.read(Path.of("config/midframe.conf"));
        assertThat(shipped.address().getAddress().isLoopbackAddress()).isTrue();
        assertThat(shipped.limits())
                .isEqualTo(read("streams { a { pipeline = a.gst } }").limits());
        assertThat(shipped.streams().getFirst().restart())
                .isEqualTo(read("streams { a { pipeline = a.gst } }")
                        .streams()
                        .getFirst()
                        .restart());
    }

    @Test
    void aStreamIsReadWithItsVariablesAndOverrides() {
        StreamConfig stream = read("""
                        restart { first = 1s }
                        streams {
                          cam-1 { pipeline = a.gst, title = Camera, autostart = true, viewers = 3
                            variables { fps = 30, name = "a b" }, addresses { SRT = "srt://{host}:7" }, restart { longest = 9s } }
                        }
                        """).streams().getFirst();
        assertThat(stream.name()).isEqualTo("cam-1");
        assertThat(stream.title()).isEqualTo("Camera");
        assertThat(stream.pipeline()).isEqualTo(folder.resolve("a.gst"));
        assertThat(stream.variables()).containsEntry("fps", "30").containsEntry("name", "a b");
        assertThat(stream.addresses()).containsExactly(Map.entry("SRT", "srt://{host}:7"));
        assertThat(stream.viewers()).isEqualTo(3);
        assertThat(stream.restart().first()).isEqualTo(Duration.ofSeconds(1));
        assertThat(stream.restart().longest()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void everyComplaintHasItsFileAndLine() {
        assertComplaints(
                """
                server { port = 70000 }
                limits {
                  viewers = many
                  veiwers = 5
                }
                restart { first = soon }
                streams {
                  "Bad Name" { pipeline = a.gst }
                  b { pipeline = missing.gst }
                  c { autostart = true }
                  d = 5
                }
                """,
                ":1: server.port is 70000, must be 0 to 65535",
                ":3: limits.viewers has type STRING rather than NUMBER",
                ":4: limits.veiwers is not known here",
                ":6: restart.first cannot be read",
                ":8: streams.Bad Name.pipeline belongs to the stream \"Bad Name\", whose name must be of a-z, 0-9 and -",
                ":9: streams.b.pipeline there is no readable file",
                ":10: streams.c.pipeline is missing",
                ":11: streams.d must be a block { ... }");
    }

    @Test
    void aTextThatIsNoHoconIsToldWithItsLine() {
        assertComplaints("server {\n  port = \n", ":");
        assertComplaints("server {\n port = ${nowhere}\n}\nstreams {}", ":2:");
    }

    @Test
    void anAddressOpenToOthersNeedsAToken() {
        assertComplaints(
                "server { address = \"0.0.0.0\" }\nstreams { a { pipeline = a.gst } }",
                ":1: server.address is 0.0.0.0, open to others, and no token is set");
        read("server { address = \"0.0.0.0\", token = 0123456789abcdef }\nstreams { a { pipeline = a.gst } }");
    }

    @Test
    void aTokenForWatchingNeedsOneForControl() {
        assertComplaints(
                "server { watch-token = 0123456789abcdef }\nstreams { a { pipeline = a.gst } }",
                ":1: server.watch-token needs a server.token, and another than that");
        assertComplaints(
                "server { token = 0123456789abcdef, watch-token = 0123456789abcdef }\nstreams { a { pipeline = a.gst } }",
                ":1: server.watch-token needs a server.token, and another than that");
        assertThat(read("server { token = 0123456789abcdef, watch-token = 123456789abcdef0 }\n"
                                + "streams { a { pipeline = a.gst } }")
                        .watchToken())
                .isEqualTo(new Token("123456789abcdef0"));
    }

    @Test
    void aShortTokenIsRefusedAndNeverPrinted() {
        assertThatThrownBy(() -> read("server { token = hunter2 }\nstreams { a { pipeline = a.gst } }"))
                .hasMessageContaining(":1: server.token has fewer than 16 characters")
                .hasMessageNotContaining("hunter2");
        assertThat(new Token("0123456789abcdef")).hasToString("Token[hidden]");
    }

    @Test
    void aFileThatIsAbsentIsToldInOneLine() {
        assertThatThrownBy(() -> ServerConfig.read(folder.resolve("none.conf")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("none.conf: there is no such readable file");
    }

    @Test
    void whatIsNoConfigurationIsToldWithItsLineOnce() {
        assertThatThrownBy(() -> read("server {\n  port = }\n"))
                .isInstanceOf(ConfigException.class)
                .message()
                .startsWith(file + ":2: ")
                .doesNotStartWith(file + ":2: 2")
                .doesNotContain(file + ": 2")
                .hasLineCount(1);
    }

    @Property(tries = 300)
    void anyTextIsReadOrRefusedInWords(
            @ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 40) String head,
            @ForAll @CharRange(from = '"', to = '}') @StringLength(max = 40) String tail)
            throws IOException {
        Path any = Files.createTempFile("any", ".conf");
        try {
            Files.writeString(any, "server {" + head + "}\nlimits {" + tail);
            assertThatThrownBy(() -> ServerConfig.read(any)).isInstanceOf(ConfigException.class);
        } finally {
            Files.delete(any);
        }
    }

    private void assertComplaints(String text, String... complaints) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(ConfigException.class).satisfies(e -> {
            String[] lines = String.valueOf(e.getMessage()).split("\n");
            for (String complaint : complaints) {
                assertThat(lines).anySatisfy(line -> assertThat(line).startsWith(file + complaint));
            }
            assertThat(lines).hasSameSizeAs(complaints);
        });
    }

    private ServerConfig read(String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return ServerConfig.read(file);
    }
}
