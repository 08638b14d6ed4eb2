package dev.midframe.quality.material;

import dev.midframe.quality.EvaluationException;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A video file: the frames at odd positions are left out. I420 frames. */
record Clip(String name, Path file, OptionalInt width) implements Sequence {

    /** Containers round times to milliseconds: a middle this near to halfway is halfway. */
    private static final double TIME_ROUNDING = 0.03;

    @Override
    public TripletReader open() {
        return new Reader(new ClipDecoder(file, width));
    }

    private static final class Reader implements TripletReader {
        private final ClipDecoder decoder;
        private final Arena arena = Arena.ofShared();
        private final Timed[] frames = new Timed[3];
        private int position;

        Reader(ClipDecoder decoder) {
            this.decoder = decoder;
        }

        @Override
        public @Nullable Triplet next() {
            if (position == 0) {
                FrameFormat format = decoder.format();
                for (int i = 0; i < frames.length; i++) {
                    frames[i] = new Timed(VideoFrame.allocate(format, arena));
                }
                if (!read(0) || !read(1) || !read(2)) {
                    throw new EvaluationException(
                            decoder.file() + " has fewer than 3 frames: too few to leave one out");
                }
            } else {
                Timed first = frames[2];
                frames[2] = frames[0];
                frames[0] = first;
                if (!read(1) || !read(2)) {
                    return null;
                }
            }
            position += 2;
            return new Triplet(position - 1, frames[0].frame, frames[1].frame, frames[2].frame, time());
        }

        @Override
        public long expected() {
            long frames = decoder.expectedFrames();
            return frames < 3 ? -1 : (frames - 1) / 2;
        }

        @Override
        public void close() {
            decoder.close();
            arena.close();
        }

        private boolean read(int index) {
            Timed target = frames[index];
            target.nanos = decoder.read(target.frame);
            return target.nanos != ClipDecoder.END;
        }

        private double time() {
            double time = (double) (frames[1].nanos - frames[0].nanos) / (frames[2].nanos - frames[0].nanos);
            boolean usable = time > 0 && time < 1 && Math.abs(time - 0.5) > TIME_ROUNDING;
            return usable ? time : 0.5;
        }
    }

    private static final class Timed {
        final VideoFrame frame;
        long nanos;

        Timed(VideoFrame frame) {
            this.frame = frame;
        }
    }
}
