package dev.midframe.cli;

import dev.midframe.engine.BuildReport;
import dev.midframe.engine.EngineListener;
import dev.midframe.engine.EngineSelector;
import dev.midframe.engine.KeptEngines;
import dev.midframe.film.model.FilmModels;
import dev.midframe.server.Server;
import dev.midframe.server.config.ConfigException;
import dev.midframe.server.config.ServerConfig;
import dev.midframe.server.http.SessionKey;
import dev.midframe.support.Terminal;
import dev.midframe.support.UserFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.DoubleConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midframe serve}: runs the configured streams and shows them to browsers until SIGINT or SIGTERM. */
@Command(
        name = "serve",
        description = "Shows the streams of a configuration in browsers.",
        footer = {"", "Example:", "  midframe serve config/midframe.conf"})
final class ServeCommand implements Callable<Integer> {

    /** Longer than a stream whose source is gone waits before it is started again. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    @Parameters(index = "0", paramLabel = "CONFIG", description = "The configuration, such as config/midframe.conf.")
    private Path file = Path.of("");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            serve(ServerConfig.read(file));
            return 0;
        } catch (ConfigException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return spec.exitCodeOnInvalidInput();
        }
    }

    private void serve(ServerConfig config) throws IOException, InterruptedException {
        SessionKey key = config.token() == null
                ? SessionKey.random()
                : SessionKey.in(new UserFolders(System.getenv()).state().resolve("session.key"));
        var server = new Server(config, key, () -> ServerConfig.read(file));
        server.version(BuildVersion.number());
        DoubleConsumer builds = server.engineBuilds();
        BuildReport report = BuildReport.onTerminal();
        var engines = new EngineSelector(FilmModels.ofUser(System.getenv()), new EngineListener() {
            @Override
            public void progress(String what, double share) {
                report.progress(what, share);
                builds.accept(share);
            }

            @Override
            public void gpuFailed(boolean forGood) {
                server.gpuFailed(forGood);
            }
        });
        var stop = new CountDownLatch(1);
        StopSignal.onFirst(_ -> stop.countDown());
        try (var kept = new KeptEngines(engines, KEPT);
                server) {
            GStreamerRuntime.start(server.frameObserver(), kept);
            server.requireUsableStreams();
            if (!Terminal.isThere()) {
                // On a terminal it means that the terminal is gone.
                StopSignal.onEvery("HUP", server::reload);
            }
            spec.commandLine().getErr().println("midframe: open " + server.start());
            stop.await();
        }
    }
}
