package dev.midframe.quality;

import dev.midframe.quality.material.Sequence;
import dev.midframe.quality.material.Triplet;
import dev.midframe.quality.material.TripletReader;
import dev.midframe.video.VideoFrame;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A sequence of computed frames. */
public record FrameSequence(String name, int frames, IntFunction<VideoFrame> source) implements Sequence {

    public static Sequence of(String name, int frames, IntFunction<VideoFrame> source) {
        return new FrameSequence(name, frames, source);
    }

    @Override
    public TripletReader open() {
        return new TripletReader() {
            private int position;

            @Override
            public @Nullable Triplet next() {
                if (position + 2 >= frames) {
                    return null;
                }
                position += 2;
                return new Triplet(
                        position - 1,
                        source.apply(position - 2),
                        source.apply(position - 1),
                        source.apply(position),
                        0.5);
            }

            @Override
            public long expected() {
                return (frames - 1) / 2;
            }

            @Override
            public void close() {}
        };
    }
}
