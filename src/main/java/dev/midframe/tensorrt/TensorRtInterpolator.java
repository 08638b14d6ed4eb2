package dev.midframe.tensorrt;

import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.GeneratedFrames;
import dev.midframe.tensorrt.build.Verdict;
import dev.midframe.tensorrt.cuda.CudaContext;
import dev.midframe.tensorrt.run.FilmRunner;
import dev.midframe.tensorrt.run.ResultSlot;
import dev.midframe.tensorrt.run.StageClock;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.VideoFrame;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** FILM on a GPU for one stream of frames. */
public final class TensorRtInterpolator implements FrameInterpolator {

    private static final Logger LOG = LoggerFactory.getLogger(TensorRtInterpolator.class);

    private final CudaContext cuda;
    private final FilmEngines engines;
    private final FilmRunner runner;
    private final FrameFormat format;
    private final String description;
    private final String model;
    private final Verdict verdict;
    private final BlockingQueue<ResultSlot> free;
    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private boolean closed;
    private int advanced;

    /** Owns context, engines and runner from now on. */
    TensorRtInterpolator(
            CudaContext cuda,
            FilmEngines engines,
            FilmRunner runner,
            FrameFormat format,
            String description,
            String model,
            Verdict verdict) {
        this.cuda = cuda;
        this.engines = engines;
        this.runner = runner;
        this.format = format;
        this.description = description;
        this.model = model;
        this.verdict = verdict;
        this.free = new ArrayBlockingQueue<>(runner.slots().size(), false, runner.slots());
    }

    @Override
    public FrameFormat format() {
        return format;
    }

    @Override
    public String description() {
        return description;
    }

    /** What models are found by: the one at work. */
    public String model() {
        return model;
    }

    /** Whether its frames are known to be right. */
    public Verdict verdict() {
        return verdict;
    }

    /** Elements of the largest tensor inside the network. */
    public long largestTensor() {
        return engines.largestTensor();
    }

    @Override
    public int depth() {
        return runner.slots().size();
    }

    @Override
    public void advance(VideoFrame frame) {
        checkOpen();
        runner.advance(frame);
        advanced = Math.min(2, advanced + 1);
    }

    @Override
    public GeneratedFrames interpolate(double... times) {
        checkOpen();
        if (advanced < 2) {
            throw new IllegalStateException("two frames are needed, " + advanced + " came");
        }
        if (times.length == 0) {
            throw new IllegalArgumentException("no time is asked for");
        }
        for (double time : times) {
            if (!(time > 0 && time < 1)) {
                throw new IllegalArgumentException("time " + time + " is not between 0 and 1");
            }
        }
        ResultSlot slot = takeSlot();
        try {
            runner.interpolate(slot, times);
            return new Result(slot, times.length);
        } catch (RuntimeException e) {
            free.add(slot);
            throw e;
        }
    }

    @Override
    public void reset() {
        advanced = 0;
    }

    @Override
    public void close() {
        use.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                runner.close();
                engines.close();
                cuda.close();
            }
        } finally {
            use.writeLock().unlock();
        }
    }

    /** Takes a frame and makes the middle of the pair that it ends, alone on the device and timed. */
    public void time(VideoFrame frame, VideoFrame target, StageClock clock) {
        runner.clock(clock);
        try {
            advance(frame);
            try (GeneratedFrames pair = interpolate(0.5)) {
                pair.copyTo(0, target);
            }
        } finally {
            runner.clock(StageClock.OFF);
        }
    }

    public CudaContext cuda() {
        return cuda;
    }

    private ResultSlot takeSlot() {
        try {
            return free.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TensorRtException("interrupted while waiting for the GPU", e);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the interpolator is closed");
        }
    }

    private final class Result implements GeneratedFrames {

        private final ResultSlot slot;
        private final int count;
        private boolean returned;

        Result(ResultSlot slot, int count) {
            this.slot = slot;
            this.count = count;
        }

        @Override
        public int count() {
            return count;
        }

        @Override
        public void copyTo(int index, VideoFrame target) {
            if (index < 0 || index >= count) {
                throw new IndexOutOfBoundsException("frame " + index + " of " + count);
            }
            use.readLock().lock();
            try {
                checkOpen();
                if (returned) {
                    throw new IllegalStateException("the frames are closed");
                }
                target.copyFrom(runner.await(slot.frame(index)));
            } finally {
                use.readLock().unlock();
            }
        }

        @Override
        public void close() {
            use.readLock().lock();
            try {
                if (!returned) {
                    returned = true;
                    giveBack();
                }
            } finally {
                use.readLock().unlock();
            }
        }

        private void giveBack() {
            try {
                if (!closed) {
                    runner.await(slot.frame(count - 1));
                }
            } catch (TensorRtException e) {
                LOG.debug("a pair ended badly: {}", e.getMessage());
            } finally {
                free.add(slot);
            }
        }
    }
}
