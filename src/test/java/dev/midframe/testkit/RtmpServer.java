package dev.midframe.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * nginx with its rtmp module: what is sent to an address of the application {@code live} can be read there. To {@code closed}
 * nobody may send.
 */
public final class RtmpServer implements AutoCloseable {

    private static final Path MODULE = Path.of("/usr/lib/nginx/modules/ngx_rtmp_module.so");
    private static final Path NGINX = Path.of("/usr/sbin/nginx");

    private final Path folder;
    private final int port;
    private Process nginx;

    /** @param folder where it keeps its files; the test is skipped where nginx or the module is missing */
    public RtmpServer(Path folder) throws IOException {
        assumeTrue(Files.exists(MODULE) && Files.exists(NGINX), "skipped: libnginx-mod-rtmp is not installed");
        this.folder = folder;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.writeString(folder.resolve("nginx.conf"), """
                load_module %s;
                daemon off; master_process off; pid %s/nginx.pid; error_log %s/nginx.log;
                events {}
                rtmp { server { listen 127.0.0.1:%d;
                  application live { live on; }
                  application closed { live on; deny publish all; }
                } }
                """.formatted(MODULE, folder, folder, port));
        start();
    }

    /** An address, for example of {@code live/in}. */
    public String address(String path) {
        return "rtmp://127.0.0.1:" + port + "/" + path;
    }

    /** Starts it, again after {@link #stop}, and waits until it listens. */
    public void start() throws IOException {
        nginx = new ProcessBuilder(
                        NGINX.toString(), "-c", folder.resolve("nginx.conf").toString(), "-p", folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.out").toFile())
                .start();
        while (!listens()) {
            if (!nginx.isAlive()) {
                throw new IOException(Files.readString(folder.resolve("nginx.out")));
            }
            Thread.onSpinWait();
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) TimeUnit.SECONDS.toMillis(1));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends it; {@link #start} begins anew. */
    public void stop() {
        nginx.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        stop();
    }
}
