package dev.midframe.server.config;

import dev.midframe.server.http.Tls;
import dev.midframe.server.http.Token;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code midframe serve} runs, as read and checked from a file.
 *
 * @param address where it listens
 * @param token what every caller of the API and the WebSocket must show; null only on a loopback address
 * @param watchToken the same for callers that may watch and no more; null for none
 * @param tls null for plain HTTP
 * @param origins origins beside the server's own whose pages may connect
 * @param hosts names beside the address itself under which the server may be called
 */
public record ServerConfig(
        InetSocketAddress address,
        @Nullable Token token,
        @Nullable Token watchToken,
        @Nullable Tls tls,
        Set<String> origins,
        Set<String> hosts,
        Limits limits,
        List<StreamConfig> streams) {

    /**
     * Reads a configuration file (HOCON).
     *
     * @throws ConfigException with every complaint, each with file and line
     */
    public static ServerConfig read(Path file) {
        return new ConfigReader(file).read();
    }

    /** The same with other streams. */
    public ServerConfig with(List<StreamConfig> others) {
        return new ServerConfig(address, token, watchToken, tls, origins, hosts, limits, others);
    }

    /** The address for people: {@code http://127.0.0.1:8080/}. */
    public String url(int port) {
        String host = address.getAddress().isAnyLocalAddress() ? "localhost" : address.getHostString();
        return (tls == null ? "http://" : "https://") + (host.contains(":") ? "[" + host + "]" : host) + ":" + port
                + "/";
    }
}
