import dev.midframe.film.model.FilmModels;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.onnx.OnnxInterpolatorFactory;
import dev.midframe.picture.PictureFile;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/** Writes the frame between two pictures: Between FIRST SECOND OUTPUT. */
class Between {
    public static void main(String[] files) {
        var models = FilmModels.ofUser(System.getenv());
        try (Arena arena = Arena.ofShared()) {
            VideoFrame first = new PictureFile(Path.of(files[0])).read(arena);
            VideoFrame second = new PictureFile(Path.of(files[1])).read(arena);
            VideoFrame middle = VideoFrame.allocate(first.format(), arena);
            var request = new EngineRequest(first.format(), "film-lite", Backend.CPU, 1, 0, 0);
            try (FrameInterpolator film =
                    OnnxInterpolatorFactory.forOnePair(models).open(request)) {
                film.advance(first);
                film.advance(second);
                try (GeneratedFrames frames = film.interpolate(0.5)) {
                    frames.copyTo(0, middle);
                }
            }
            new PictureFile(Path.of(files[2])).write(middle);
        }
    }
}
