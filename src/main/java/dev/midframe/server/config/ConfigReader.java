package dev.midframe.server.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import dev.midframe.server.http.Tls;
import dev.midframe.server.http.Token;
import dev.midframe.server.stream.RestartPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From a HOCON file to a checked {@link ServerConfig}: every complaint is collected before any is thrown. */
final class ConfigReader {
    private static final Pattern STREAM_NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final int SHORTEST_TOKEN = 16;

    private final Path file;
    private final List<String> complaints = new ArrayList<>();

    ConfigReader(Path file) {
        this.file = file;
    }

    ServerConfig read() {
        ConfigSection root = open();
        ConfigSection server = root.section("server");
        Limits limits = limits(root.section("limits"));
        RestartPolicy restart = restart(root.section("restart"), null);
        List<StreamConfig> streams = new ArrayList<>();
        root.sections("streams").forEach((name, section) -> {
            StreamConfig stream = stream(name, section, limits, restart);
            if (stream != null) {
                streams.add(stream);
            }
        });
        if (!root.has("streams")) {
            root.complain("streams", "is missing: name at least one stream");
        }
        root.refuseUnknown();
        ConfigSection tls = server.section("tls");
        ServerConfig config = new ServerConfig(
                address(server),
                token(server, "token"),
                token(server, "watch-token"),
                server.has("tls") ? tls(tls) : null,
                server.texts("allowed-origins"),
                server.texts("allowed-hosts"),
                limits,
                List.copyOf(streams));
        requireToken(server, config);
        server.refuseUnknown();
        if (!complaints.isEmpty()) {
            throw new ConfigException(complaints);
        }
        return config;
    }

    private ConfigSection open() {
        if (!Files.isReadable(file)) {
            throw new ConfigException(List.of(file + ": there is no such readable file"));
        }
        try {
            Config config = ConfigFactory.parseFile(file.toFile()).resolve();
            return new ConfigSection(file, "", config, config.origin(), complaints);
        } catch (com.typesafe.config.ConfigException e) {
            throw new ConfigException(List.of(unreadable(e)));
        }
    }

    /** The library puts the place, in its own words, before what is wrong. */
    private String unreadable(com.typesafe.config.ConfigException e) {
        String what = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        ConfigOrigin origin = e.origin();
        return origin == null
                ? file + ": " + what
                : file + ":" + origin.lineNumber() + ": " + what.replace(origin.description() + ": ", "");
    }

    private InetSocketAddress address(ConfigSection server) {
        String host = server.text("address", "127.0.0.1");
        int port = server.whole("port", 8080, 0, 65535);
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            server.complain("address", "is " + host + ", which is no address of this machine");
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        }
    }

    private @Nullable Token token(ConfigSection server, String key) {
        String token = server.text(key);
        if (token == null) {
            return null;
        }
        if (token.length() < SHORTEST_TOKEN) {
            server.complain(
                    key, "has fewer than " + SHORTEST_TOKEN + " characters; make one with: openssl rand -hex 24");
        }
        return new Token(token);
    }

    private void requireToken(ConfigSection server, ServerConfig config) {
        InetAddress address = config.address().getAddress();
        if (config.watchToken() != null
                && (config.token() == null || config.token().equals(config.watchToken()))) {
            server.complain("watch-token", "needs a server.token, and another than that");
        }
        if (config.token() == null && !address.isLoopbackAddress()) {
            server.complain(
                    "address",
                    "is " + address.getHostAddress()
                            + ", open to others, and no token is set; set server.token (MIDFRAME_TOKEN)");
        }
    }

    private @Nullable Tls tls(ConfigSection tls) {
        Path certificate = tls.readable("certificate");
        Path key = tls.readable("key");
        tls.refuseUnknown();
        return certificate == null || key == null ? null : new Tls(certificate, key);
    }

    private static Limits limits(ConfigSection limits) {
        Limits read = new Limits(
                limits.whole("connections", 1024, 1, 100_000),
                limits.whole("connections-per-address", 256, 1, 100_000),
                limits.whole("viewers", 256, 1, 100_000),
                limits.whole("webrtc-viewers", 16, 0, 1000),
                limits.whole("requests-per-second", 50, 1, 100_000),
                limits.whole("request-burst", 200, 1, 100_000),
                limits.duration("request-timeout", Duration.ofSeconds(10)),
                limits.bytes("message-bytes", 4096, 128, 1 << 20),
                limits.bytes("header-bytes", 8192, 1024, 1 << 20),
                limits.bytes("body-bytes", 16384, 128, 1 << 20),
                limits.whole("queue-frames", 120, 2, 10_000),
                limits.bytes("queue-bytes", 4 << 20, 64 << 10, 1 << 30));
        limits.refuseUnknown();
        return read;
    }

    private static RestartPolicy restart(ConfigSection section, @Nullable RestartPolicy outer) {
        RestartPolicy base = outer != null
                ? outer
                : new RestartPolicy(
                        Duration.ofMillis(250), Duration.ofSeconds(30), Duration.ofSeconds(3), Duration.ofSeconds(20));
        RestartPolicy read = new RestartPolicy(
                section.duration("first", base.first()),
                section.duration("longest", base.longest()),
                section.duration("stall", base.stall()),
                section.duration("connect", base.connect()));
        section.refuseUnknown();
        return read;
    }

    private @Nullable StreamConfig stream(String name, ConfigSection section, Limits limits, RestartPolicy restart) {
        if (!STREAM_NAME.matcher(name).matches()) {
            section.complain(
                    "pipeline", "belongs to the stream \"" + name + "\", whose name must be of a-z, 0-9 and -");
        }
        Path pipeline = section.readable("pipeline");
        String title = section.text("title", name);
        Map<String, String> variables = section.values("variables");
        Map<String, String> addresses = section.values("addresses");
        boolean autostart = section.flag("autostart", false);
        int viewers = section.whole("viewers", limits.viewers(), 1, limits.viewers());
        RestartPolicy own = restart(section.section("restart"), restart);
        ConfigSection sourceSection = section.section("source");
        StreamConfig.Source source = section.has("source") ? source(sourceSection) : null;
        section.refuseUnknown();
        return pipeline == null
                ? null
                : new StreamConfig(name, title, pipeline, variables, addresses, source, autostart, viewers, own);
    }

    private static StreamConfig.@Nullable Source source(ConfigSection section) {
        Path pipeline = section.readable("pipeline");
        Map<String, String> variables = section.values("variables");
        section.refuseUnknown();
        return pipeline == null ? null : new StreamConfig.Source(pipeline, variables);
    }
}
