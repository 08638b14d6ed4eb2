package dev.midframe.cli;

import dev.midframe.engine.EngineListener;
import dev.midframe.engine.EngineSelector;
import dev.midframe.film.model.FilmModels;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.onnx.OnnxInterpolatorFactory;
import dev.midframe.picture.PictureException;
import dev.midframe.picture.PictureFile;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midframe interpolate}: the picture between two. */
@Command(
        name = "interpolate",
        description = "Makes the picture between two pictures.",
        footer = {"", "Example:", "  midframe interpolate a.png b.png -o middle.png"})
final class InterpolateCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FIRST", description = "The earlier picture, PNG or JPEG.")
    private Path first = Path.of("");

    @Parameters(index = "1", paramLabel = "SECOND", description = "The later picture, of the same size.")
    private Path second = Path.of("");

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "What to write, .png or .jpg.")
    private Path output = Path.of("");

    @Option(
            names = {"-t", "--time"},
            description = "Over 0 (the first) and under 1 (the second); default: ${DEFAULT-VALUE}.")
    private double time = 0.5;

    @Mixin
    private EngineOptions options = new EngineOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!(time > 0 && time < 1)) {
            throw wrong("-t " + time + " is not between 0 and 1");
        }
        PictureFile target = new PictureFile(output);
        try (Arena arena = Arena.ofShared()) {
            VideoFrame a = read(first, arena);
            VideoFrame b = read(second, arena);
            if (!a.format().equals(b.format())) {
                throw wrong(first + " has " + size(a) + " pixels but " + second + " has " + size(b)
                        + ": both pictures need one size");
            }
            check(target);
            target.write(between(a, b, arena));
        }
        return 0;
    }

    private void check(PictureFile target) {
        try {
            target.format();
        } catch (PictureException unknown) {
            throw wrong(unknown.getMessage());
        }
    }

    private VideoFrame between(VideoFrame a, VideoFrame b, Arena arena) {
        EngineRequest request = new EngineRequest(a.format(), options.model(), options.backend(), 1, 0, 0);
        FilmModels models = FilmModels.ofUser(System.getenv());
        try (var engine = new EngineSelector(models, OnnxInterpolatorFactory.forOnePair(models), EngineListener.SILENT)
                .open(request)) {
            engine.advance(a);
            engine.advance(b);
            VideoFrame middle = VideoFrame.allocate(a.format(), arena);
            try (GeneratedFrames frames = engine.interpolate(time)) {
                frames.copyTo(0, middle);
            }
            return middle;
        }
    }

    private VideoFrame read(Path path, Arena arena) {
        try {
            return new PictureFile(path).read(arena);
        } catch (PictureException unreadable) {
            throw wrong(unreadable.getMessage());
        }
    }

    private static String size(VideoFrame frame) {
        FrameFormat format = frame.format();
        return format.width() + "x" + format.height();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
