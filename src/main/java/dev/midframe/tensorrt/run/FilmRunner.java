package dev.midframe.tensorrt.run;

import dev.midframe.tensorrt.FilmEngines;
import dev.midframe.tensorrt.TensorRtException;
import dev.midframe.tensorrt.cuda.CudaContext;
import dev.midframe.tensorrt.cuda.GpuMemoryException;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * FILM at work on a device: three streams, so that uploads, computation and downloads of neighbouring pairs overlap, held
 * together by events alone. Nothing is allocated and no stream is waited for while it works.
 *
 * <p>The frame with number n uses buffers n mod 2. Its upload waits until the features of frame n - 2 are computed; the
 * order on the computing stream keeps features until the pairs that read them are done. Frames that go out alternate
 * between two buffers; computing into one waits until its download is done.
 */
public final class FilmRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FilmRunner.class);
    static final int BUFFERS = 2;

    private final CudaContext cuda;
    private final FrameFormat format;
    private final FilmWork work;
    private final List<ResultSlot> slots = new ArrayList<>();

    private final List<MemorySegment> streams = new ArrayList<>();
    private final MemorySegment upload;
    private final MemorySegment compute;
    private final MemorySegment download;

    private final List<MemorySegment> pinnedIn = new ArrayList<>();
    private final List<VideoFrame> framesIn = new ArrayList<>();
    private final List<MemorySegment> uploaded = new ArrayList<>();
    private final List<MemorySegment> featuresDone = new ArrayList<>();
    private final List<MemorySegment> fused = new ArrayList<>();
    private final List<MemorySegment> downloaded = new ArrayList<>();

    private final List<GpuWork> features = new ArrayList<>();
    private final List<GpuWork> flow = new ArrayList<>();
    private final List<List<GpuWork>> fusion = new ArrayList<>();

    private int beforeGraphs = Integer.MAX_VALUE;
    private int second = BUFFERS - 1;
    private int out = BUFFERS - 1;
    private StageClock clock = StageClock.OFF;

    /**
     * @param plan of the engines
     * @param cuda current; stays the caller's, as the engines do: both outlive this
     * @param engines of the format
     * @param depth result slots wanted; half of them, and so on, are made when host memory cannot be pinned for all
     * @throws GpuMemoryException when the device has too little memory
     */
    public FilmRunner(CudaContext cuda, FilmPlan plan, FilmEngines engines, FrameFormat format, int depth) {
        this.cuda = cuda;
        this.format = format;
        try {
            this.upload = stream();
            this.compute = stream();
            this.download = stream();
            this.work = plan.work(cuda, engines, compute);
            for (int buffer = 0; buffer < BUFFERS; buffer++) {
                pinnedIn.add(cuda.pin(format.packedBytes()));
                framesIn.add(VideoFrame.packed(format, pinnedIn.get(buffer)));
                uploaded.add(cuda.event());
                featuresDone.add(cuda.event());
                fused.add(cuda.event());
                downloaded.add(cuda.event());
            }
            makeSlots(depth);
            beforeGraphs = cuda.mark();
            prepare();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** As many as pairs may be in flight. */
    public List<ResultSlot> slots() {
        return slots;
    }

    /** Times what is started from now on. */
    public void clock(StageClock stageClock) {
        clock = stageClock;
    }

    /** Copies a frame, and starts its upload and its features. */
    public void advance(VideoFrame frame) {
        second = 1 - second;
        cuda.makeCurrent();
        cuda.await(uploaded.get(second));
        framesIn.get(second).copyFrom(frame);
        cuda.waitFor(featuresDone.get(second), upload);
        clock.begin(StageClock.Stage.UPLOAD, upload);
        cuda.upload(work.frameIn(second), pinnedIn.get(second), upload);
        clock.end(StageClock.Stage.UPLOAD, upload);
        cuda.record(uploaded.get(second), upload);
        cuda.waitFor(uploaded.get(second), compute);
        clock.begin(StageClock.Stage.FEATURES, compute);
        features.get(second).start(compute);
        clock.end(StageClock.Stage.FEATURES, compute);
        cuda.record(featuresDone.get(second), compute);
    }

    /** Starts the frames between the last two. */
    public void interpolate(ResultSlot slot, double[] times) {
        cuda.makeCurrent();
        List<ResultSlot.PinnedFrame> pinned = slot.frames(times.length);
        clock.begin(StageClock.Stage.PAIR, compute);
        flow.get(second).start(compute);
        for (int index = 0; index < times.length; index++) {
            ResultSlot.PinnedFrame frame = pinned.get(index);
            out = 1 - out;
            cuda.waitFor(downloaded.get(out), compute);
            cuda.set(work.time(out), (float) times[index], compute);
            fusion.get(second).get(out).start(compute);
            clock.end(StageClock.Stage.PAIR, compute);
            cuda.record(fused.get(out), compute);
            cuda.waitFor(fused.get(out), download);
            clock.begin(StageClock.Stage.DOWNLOAD, download);
            cuda.download(frame.pixels(), work.frameOut(out), download);
            clock.end(StageClock.Stage.DOWNLOAD, download);
            cuda.record(downloaded.get(out), download);
            cuda.record(frame.arrived(), download);
        }
    }

    /** Waits until a frame has arrived. */
    public VideoFrame await(ResultSlot.PinnedFrame frame) {
        cuda.makeCurrent();
        cuda.await(frame.arrived());
        return VideoFrame.packed(format, frame.pixels());
    }

    /**
     * Waits for what runs, then frees the graphs and after them the engines' contexts, whose work they hold; memory and
     * streams go with the CUDA context. Idempotent.
     */
    @Override
    public void close() {
        try {
            cuda.makeCurrent();
            streams.forEach(cuda::drain);
        } catch (TensorRtException e) {
            LOG.debug("the GPU did not finish: {}", e.getMessage());
        }
        cuda.freeBackTo(beforeGraphs);
        // It is null where the constructor came no further.
        if (work != null) {
            work.close();
        }
    }

    private MemorySegment stream() {
        MemorySegment stream = cuda.stream();
        streams.add(stream);
        return stream;
    }

    /** As many as are wanted, or half of them, or half of these, ...: what is left serves other programs. */
    private void makeSlots(int depth) {
        int before = cuda.mark();
        try {
            for (int slot = 0; slot < depth; slot++) {
                slots.add(new ResultSlot(cuda, format.packedBytes()));
            }
        } catch (GpuMemoryException e) {
            slots.clear();
            cuda.freeBackTo(before);
            if (depth == 1) {
                throw e;
            }
            LOG.warn("depth is {} instead of {}: {}", depth / 2, depth, e.getMessage());
            makeSlots(depth / 2);
        }
    }

    private void prepare() {
        for (int buffer = 0; buffer < BUFFERS; buffer++) {
            features.add(new GpuWork(cuda, work.features(buffer), compute));
            flow.add(new GpuWork(cuda, work.flow(buffer), compute));
            List<GpuWork> intoBuffers = new ArrayList<>();
            for (int target = 0; target < BUFFERS; target++) {
                intoBuffers.add(new GpuWork(cuda, work.fusion(buffer, target), compute));
            }
            fusion.add(intoBuffers);
        }
    }
}
