package dev.midframe.quality.method;

import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.quality.material.Sequence;
import dev.midframe.quality.material.Triplet;
import dev.midframe.quality.metric.Channels;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Midframe's own interpolation with one model, as the element uses it. Keeps the engine while the format stays. */
public final class ModelMethod implements Method {

    private static final String FILE_ENDING = ".safetensors";

    private final InterpolatorFactory engines;
    private final String model;
    private final Backend backend;
    private @Nullable FrameInterpolator open;
    private String description = "";
    private boolean hasFirst;

    public ModelMethod(InterpolatorFactory engines, String model, Backend backend) {
        this.engines = engines;
        this.model = model;
        this.backend = backend;
    }

    @Override
    public String name() {
        if (model.equals("auto")) {
            return "midframe";
        }
        return model.endsWith(FILE_ENDING) ? model.substring(0, model.length() - FILE_ENDING.length()) : model;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public void start(Sequence sequence) {
        hasFirst = false;
    }

    @Override
    public void between(Triplet triplet, VideoFrame target) {
        FrameInterpolator engine = engineFor(target.format());
        if (!hasFirst) {
            engine.reset();
            engine.advance(triplet.first());
            hasFirst = true;
        }
        engine.advance(triplet.second());
        generate(engine, triplet.time(), target);
    }

    @Override
    public void skip(Triplet triplet) {
        hasFirst = false;
    }

    @Override
    public OptionalInt stillness(VideoFrame frame) {
        FrameInterpolator engine = engineFor(frame.format());
        engine.reset();
        engine.advance(frame);
        engine.advance(frame);
        hasFirst = false;
        try (Arena arena = Arena.ofShared()) {
            VideoFrame target = VideoFrame.allocate(frame.format(), arena);
            generate(engine, 0.5, target);
            return OptionalInt.of(Channels.of(frame).largestDifference(Channels.of(target)));
        }
    }

    @Override
    public void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    private FrameInterpolator engineFor(FrameFormat format) {
        if (open == null || !open.format().equals(format)) {
            close();
            open = engines.open(new EngineRequest(format, model, backend, 1, 0, 0));
            description = open.description();
            hasFirst = false;
        }
        return open;
    }

    private static void generate(FrameInterpolator engine, double time, VideoFrame target) {
        try (GeneratedFrames frames = engine.interpolate(time)) {
            frames.copyTo(0, target);
        }
    }
}
