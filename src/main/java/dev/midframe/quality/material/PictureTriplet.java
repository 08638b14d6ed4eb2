package dev.midframe.quality.material;

import dev.midframe.picture.PictureFile;
import dev.midframe.quality.EvaluationException;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Three picture files of one size: a sequence of one triplet, halfway. RGB frames. */
record PictureTriplet(String name, Path first, Path real, Path second) implements Sequence {

    boolean exists() {
        return Files.isRegularFile(first) && Files.isRegularFile(real) && Files.isRegularFile(second);
    }

    @Override
    public TripletReader open() {
        return new Reader();
    }

    private final class Reader implements TripletReader {
        private final Arena arena = Arena.ofShared();
        private boolean done;

        @Override
        public @Nullable Triplet next() {
            if (done) {
                return null;
            }
            done = true;
            VideoFrame middle = new PictureFile(real).read(arena);
            return new Triplet(1, neighbour(first, middle), middle, neighbour(second, middle), 0.5);
        }

        @Override
        public long expected() {
            return 1;
        }

        @Override
        public void close() {
            arena.close();
        }

        private VideoFrame neighbour(Path path, VideoFrame middle) {
            VideoFrame frame = new PictureFile(path).read(arena);
            if (!frame.format().equals(middle.format())) {
                throw new EvaluationException("%s has %dx%d pixels but %s has %dx%d: a triplet needs one size"
                        .formatted(
                                path,
                                frame.format().width(),
                                frame.format().height(),
                                real,
                                middle.format().width(),
                                middle.format().height()));
            }
            return frame;
        }
    }
}
