package dev.midframe.element;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.element.stream.ClosingEngines;
import dev.midframe.interpolation.BuildListener;
import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.ForwardingFrames;
import dev.midframe.interpolation.ForwardingInterpolator;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.FrameObserver;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.testkit.AveragingInterpolator;
import dev.midframe.video.VideoFrame;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens averaging engines and counts them; a test may interfere with what they do. */
public final class TestEngines implements InterpolatorFactory {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    public final List<EngineRequest> requests = new CopyOnWriteArrayList<>();
    public final AtomicInteger open = new AtomicInteger();
    public volatile Consumer<EngineRequest> beforeOpen = request -> {};
    public volatile Runnable beforeCopy = () -> {};
    volatile Consumer<BuildListener> building = listener -> {};

    private volatile @Nullable ClosingEngines closing;

    /** Registers the element with these engines. */
    public void register(FrameObserver observer) {
        closing = MidframeElement.register(this, observer);
    }

    /** Waits until the engines of elements that have stopped are closed; then none is open. */
    public void awaitNoneOpen() {
        try {
            assertThat(Objects.requireNonNull(closing).await(PATIENCE)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(open).hasValue(0);
    }

    @Override
    public FrameInterpolator open(EngineRequest request, BuildListener listener) {
        building.accept(listener);
        return open(request);
    }

    @Override
    public FrameInterpolator open(EngineRequest request) {
        beforeOpen.accept(request);
        requests.add(request);
        open.incrementAndGet();
        return new Counted(new AveragingInterpolator(request));
    }

    private final class Counted extends ForwardingInterpolator {
        private boolean closed;

        private Counted(FrameInterpolator engine) {
            super(engine);
        }

        @Override
        public GeneratedFrames interpolate(double... times) {
            return new ForwardingFrames(super.interpolate(times)) {
                @Override
                public void copyTo(int index, VideoFrame target) {
                    beforeCopy.run();
                    super.copyTo(index, target);
                }
            };
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
            }
        }
    }
}
