package dev.midframe.convert;

import dev.midframe.convert.frames.FrameSource;
import dev.midframe.pipeline.AppSrc;
import org.jspecify.annotations.Nullable;

/** Brings pictures that are in no container. */
final class FrameFeed implements Feed {

    private final FrameSource frames;
    private @Nullable FeedThread thread;

    FrameFeed(FrameSource frames) {
        this.frames = frames;
    }

    @Override
    public void into(AppSrc source) {
        thread = new FeedThread(source, frames::next);
    }

    @Override
    public @Nullable RuntimeException failure() {
        FeedThread feeding = thread;
        return feeding == null ? null : feeding.failure();
    }

    @Override
    public boolean isDiscarded(long runningTime) {
        return false;
    }

    @Override
    public void close() {
        FeedThread feeding = thread;
        if (feeding != null) {
            feeding.join();
        }
        frames.close();
    }
}
