package dev.midframe.onnx;

import ai.onnxruntime.OnnxTensor;
import dev.midframe.film.graph.OnnxGraph.Port;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Native tensors by name that live and end together: one arena, one owner. */
final class TensorSet implements AutoCloseable {

    private final Arena arena = Arena.ofShared();
    private final Map<String, NativeTensor> tensors = new HashMap<>();

    TensorSet(OnnxPart part, List<Port> ports) {
        for (Port port : ports) {
            tensors.put(port.name(), part.allocate(port, arena));
        }
    }

    MemorySegment memory(String name) {
        return tensors.get(name).memory();
    }

    /** These tensors as a part's inputs or outputs: those whose names, behind the prefix, the ports have. */
    Map<String, OnnxTensor> bound(String prefix, List<Port> ports) {
        Map<String, OnnxTensor> bound = new HashMap<>();
        for (Port port : ports) {
            if (port.name().startsWith(prefix)) {
                NativeTensor tensor = tensors.get(port.name().substring(prefix.length()));
                if (tensor != null) {
                    bound.put(port.name(), tensor.tensor());
                }
            }
        }
        return bound;
    }

    @Override
    public void close() {
        new ArrayList<>(tensors.values()).forEach(NativeTensor::close);
        tensors.clear();
        arena.close();
    }
}
