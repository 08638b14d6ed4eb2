package dev.midframe.cli;

import dev.midframe.film.FilmModels;
import dev.midframe.interpolation.Backend;
import dev.midframe.interpolation.Colorimetry;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameFormat;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.interpolation.PixelFormat;
import dev.midframe.interpolation.VideoFrame;
import dev.midframe.onnx.OnnxEngine;
import java.lang.foreign.Arena;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one small picture on the CPU while GStreamer starts: what the first stream's engine needs is then loaded, and partly
 * compiled, when the stream opens it. Closing waits, because ONNX Runtime must not be at work when the process ends.
 */
final class WarmUp implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
    private static final int SIDE = 64;

    private final Thread thread;

    private WarmUp(FilmModels models) {
        this.thread = Thread.ofPlatform().name("warm-up").daemon().start(() -> {
            try {
                makePicture(models);
            } catch (RuntimeException | LinkageError e) {
                // Whoever opens an engine in earnest tells it to the user.
                log.info("no warm-up: {}", e.getMessage());
            }
        });
    }

    static WarmUp start(FilmModels models) {
        return new WarmUp(models);
    }

    private static void makePicture(FilmModels models) {
        var format = new FrameFormat(PixelFormat.I420, SIDE, SIDE, Colorimetry.BT601_LIMITED);
        var request = new EngineRequest(format, FilmModels.AUTO, Backend.CPU, 1, 1, 0);
        try (Arena arena = Arena.ofShared();
                var engine = new OnnxEngine(models).open(request)) {
            VideoFrame picture = VideoFrame.allocate(format, arena);
            engine.advance(picture);
            engine.advance(picture);
            try (GeneratedFrames frames = engine.interpolate(0.5)) {
                frames.copyTo(0, picture);
            }
        }
    }

    @Override
    public void close() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
