package dev.midframe.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.midframe.server.RunningServer;
import dev.midframe.server.Server;
import dev.midframe.server.config.ServerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void aCertificateIsMade() throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(part -> Files.isExecutable(Path.of(part, "openssl"))),
                "skipped: openssl is not installed");
        Files.writeString(folder.resolve("picture.gst"), RunningServer.PICTURE);
        assertThat(new ProcessBuilder(
                                ("openssl req -x509 -newkey rsa:2048 -nodes -keyout server.key -out server.crt -days 2"
                                                + " -subj /CN=localhost -addext subjectAltName=DNS:localhost")
                                        .split(" "))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void withACertificateEverythingIsEncrypted() throws Exception {
        try (Server server = new Server(config("server.key"));
                HttpClient http = HttpClient.newBuilder().sslContext(trusting()).build()) {
            URI uri = URI.create(server.start().replace("127.0.0.1", "localhost"));
            assertThat(uri.getScheme()).isEqualTo("https");
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(uri.resolve("/healthz")).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("strict-transport-security")).isPresent();
            assertThatThrownBy(() -> http.send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + uri.getPort() + "/healthz"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
    }

    /** One connection could otherwise keep the server busy with handshakes, which cost it more than the client. */
    @Test
    void aSecondHandshakeInAConnectionIsRefused() throws Exception {
        try (Server server = new Server(config("server.key"))) {
            int port = URI.create(server.start()).getPort();
            try (SSLSocket socket =
                    (SSLSocket) trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
                socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                socket.startHandshake();
                assertThatThrownBy(() -> {
                            socket.startHandshake();
                            socket.getInputStream().readNBytes(1);
                        })
                        .isInstanceOf(SSLException.class);
            }
        }
    }

    @Test
    void aKeyThatCannotBeUsedIsToldInOneLine() throws Exception {
        Files.writeString(folder.resolve("bad.key"), "no key\n");
        try (Server server = new Server(config("bad.key"))) {
            assertThatThrownBy(server::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot use the certificate")
                    .hasMessageContaining("PKCS#8");
        }
    }

    private ServerConfig config(String key) throws IOException {
        Path file = folder.resolve("tls.conf");
        Files.writeString(
                file,
                "server { port = 0, tls { certificate = server.crt, key = " + key
                        + " } }\nstreams { cam { pipeline = picture.gst } }");
        return ServerConfig.read(file);
    }

    private SSLContext trusting() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(folder.resolve("server.crt"))) {
            store.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
