package dev.midframe.cli;

import dev.midframe.pipeline.EngineBuild;
import dev.midframe.pipeline.Progress;
import dev.midframe.support.Terminal;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/** Shows how far a run is: by a bar on a terminal, else by lines that become rarer. */
interface RunProgress extends AutoCloseable {

    /** The one for whoever watches. */
    static RunProgress begin(PrintWriter out) {
        return Terminal.isThere() ? new ProgressOnTerminal() : new ProgressLines(out, System::nanoTime);
    }

    void show(Progress progress, Optional<EngineBuild> build);

    @Override
    void close();

    /** What is under way, in a few words. */
    static String words(Progress progress, Optional<EngineBuild> build, double elapsedMillis) {
        return build.map(engine -> "building the GPU's engine: " + engine.percent() + " %")
                .orElseGet(() -> String.format(
                        Locale.ROOT, "%.2f x real time", progress.position().toMillis() / Math.max(1, elapsedMillis)));
    }
}
