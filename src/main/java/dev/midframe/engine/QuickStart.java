package dev.midframe.engine;

import dev.midframe.interpolation.EngineRequest;
import dev.midframe.interpolation.FrameInterpolator;
import dev.midframe.interpolation.InterpolatorFactory;
import dev.midframe.onnx.OnnxInterpolatorFactory;
import dev.midframe.onnx.OnnxOpening;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the CPU's engine make its first frame at once. Its custom operators are slow until Java's compilers have seen them, which
 * takes seconds; meanwhile frames come from the same network without them, and the engines change between two frames. The next
 * streams of the process need none of this.
 */
final class QuickStart implements InterpolatorFactory {

    private static final Logger log = LoggerFactory.getLogger(QuickStart.class);

    /** Of larger frames the first without the operators comes no sooner than the first with them. */
    private static final long MOST_PIXELS = 1_000_000;

    private final OnnxInterpolatorFactory cpu;

    QuickStart(OnnxInterpolatorFactory cpu) {
        this.cpu = cpu;
    }

    @Override
    public FrameInterpolator open(EngineRequest request) {
        OnnxOpening opening = cpu.prepare(request);
        long pixels = (long) request.format().width() * request.format().height();
        if (!opening.isCold() || pixels > MOST_PIXELS) {
            return opening.open();
        }
        FrameInterpolator first = opening.openStandard();
        CompletableFuture<FrameInterpolator> better = new CompletableFuture<>();
        OpeningThread.start("midframe-warm-up", () -> warm(opening, better), better);
        return new UpgradingInterpolator(first, better, log::debug);
    }

    private static FrameInterpolator warm(OnnxOpening opening, CompletableFuture<FrameInterpolator> wanted) {
        opening.warmUp(wanted::isDone);
        return opening.open();
    }
}
