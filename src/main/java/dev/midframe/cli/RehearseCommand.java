package dev.midframe.cli;

import dev.midframe.engine.check.TexturedFrames;
import dev.midframe.picture.PictureFile;
import dev.midframe.picture.RgbPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code midframe rehearse}: runs the program's own commands on pictures and a film of its own, for the launcher, which
 * lets Java keep what it learns from that about classes and starts quicker from then on.
 */
@Command(name = "rehearse", hidden = true, description = "Runs other commands, for the launcher to learn from.")
final class RehearseCommand implements Callable<Integer> {

    private static final String SIZE = "width=320,height=180";

    /** What is rehearsed together. */
    enum Kind {
        /** Commands that end at once. */
        SHORT,
        /** Commands that run pipelines. */
        STREAM
    }

    @Parameters(paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}")
    private Kind kind = Kind.SHORT;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("midframe-rehearsal");
        try {
            return switch (kind) {
                case SHORT -> pictures(folder);
                case STREAM -> film(folder);
            };
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private int pictures(Path folder) {
        List<String> names = List.of("a.png", "b.png", "c.jpg");
        try (var pictures = new TexturedFrames(RgbPictures.format(320, 180))) {
            for (int number = 0; number < names.size(); number++) {
                new PictureFile(folder.resolve(names.get(number)))
                        .write(pictures.frames().get(number));
            }
        }
        int failures =
                run("interpolate", folder.resolve("a.png"), folder.resolve("b.png"), "-o", folder.resolve("m.png"));
        failures |= run("interpolate", folder.resolve("b.png"), folder.resolve("c.jpg"), "-o", folder.resolve("m.jpg"));
        run("doctor"); // Whatever it finds.
        return failures;
    }

    private int film(Path folder) {
        Path film = folder.resolve("film.mp4");
        int failures = run(
                "run",
                "videotestsrc num-buffers=12 ! video/x-raw," + SIZE
                        + ",framerate=30/1 ! x264enc ! mp4mux name=out ! filesink" + " location=" + film
                        + " audiotestsrc num-buffers=20 ! avenc_aac ! aacparse ! out.");
        failures |= run(
                "run", MidframeHome.pipeline("file.gst"), "input=" + film, "output=" + folder.resolve("smooth.mp4"));
        return failures;
    }

    private int run(Object... words) {
        String[] command = Stream.of(words).map(Object::toString).toArray(String[]::new);
        CommandLine midframe = Midframe.commandLine(command);
        return midframe.setOut(spec.commandLine().getOut())
                .setErr(spec.commandLine().getErr())
                .execute(command);
    }
}
