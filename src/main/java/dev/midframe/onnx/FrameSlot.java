package dev.midframe.onnx;

import ai.onnxruntime.OnnxTensor;
import dev.midframe.film.graph.OnnxGraph.Port;
import dev.midframe.support.Uninterruptibly;
import dev.midframe.video.FrameFormat;
import dev.midframe.video.VideoFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One real frame in the engine: its bytes, its features, and how many still need them. */
final class FrameSlot implements AutoCloseable {

    private final OnnxPart features;
    private final TensorSet tensors;
    private final VideoFrame frame;
    private int users;
    private volatile @Nullable Future<?> ready;

    FrameSlot(OnnxPart features, FrameFormat format) {
        this.features = features;
        List<Port> ports = new ArrayList<>(features.inputs());
        ports.addAll(features.outputs());
        this.tensors = new TensorSet(features, ports);
        this.frame = VideoFrame.packed(format, tensors.memory("frame"));
    }

    /** Takes a frame's pixels. The caller is the first user. */
    void fill(VideoFrame source) {
        if (ready != null) {
            Uninterruptibly.await(ready); // Its last user may have gone before its features were there.
        }
        ready = null;
        users = 1;
        frame.copyFrom(source);
    }

    /** Starts computing the features, unless a pair before this one has; frames that no pair wants cost nothing. */
    void compute(Executor workers) {
        if (ready == null) {
            ready = CompletableFuture.runAsync(
                    () -> features.run(tensors.bound("", features.inputs()), tensors.bound("", features.outputs())),
                    workers);
        }
    }

    void addUser() {
        users++;
    }

    /** Ends one user's need; true when it was the last. */
    boolean removeUser() {
        return --users == 0;
    }

    /** Waits for the features; then gives them as a part's inputs. */
    Map<String, OnnxTensor> featuresFor(OnnxPart part, String prefix) {
        Waiting.await(Objects.requireNonNull(ready, "features were never asked for"));
        return tensors.bound(prefix, part.inputs());
    }

    @Override
    public void close() {
        tensors.close();
    }
}
