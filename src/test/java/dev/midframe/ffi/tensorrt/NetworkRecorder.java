package dev.midframe.ffi.tensorrt;

import dev.midframe.ffi.tensorrt.generated.Dims;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An {@code INetworkDefinition} made of upcalls, in the layout of one of TensorRT's major versions, for NVIDIA's ONNX parser to fill: it keeps layers and
 * tensors, and answers with their shapes. A method that is called and not known here is noted in {@link #failures}.
 */
public final class NetworkRecorder {

    private static final int SLOTS = 96;
    private static final StructLayout WEIGHTS = MemoryLayout.structLayout(
            ValueLayout.JAVA_INT, MemoryLayout.paddingLayout(4), ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);
    private static final Set<String> GIVING_DIMS = Set.of(
            "getDimensions",
            "getOutputDimensions",
            "getReshapeDimensions",
            "getPrePadding",
            "getPostPadding",
            "getPaddingNd",
            "getStrideNd",
            "getDilationNd",
            "getKernelSizeNd",
            "getWindowSizeNd",
            "getStart",
            "getSize",
            "getStride",
            "getAxes");

    private final Arena arena = Arena.global();
    private final Map<String, List<String>> methods = new HashMap<>();
    private final Map<String, MemorySegment> vtables = new HashMap<>();
    private final Map<Long, Object> objects = new HashMap<>();
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    private final List<RecordedTensor> inputs = new ArrayList<>();
    private final List<RecordedTensor> outputs = new ArrayList<>();
    private final Map<String, Integer> layers = new TreeMap<>();
    private final List<RecordedLayer> recorded = new ArrayList<>();
    private final MemorySegment address;

    /** An empty network for a major version. */
    public NetworkRecorder(int major) {
        try (InputStream stream = NetworkRecorder.class.getResourceAsStream("/tensorrt-" + major + "-vtables.txt")) {
            for (String line : new String(stream.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                List<String> words = List.of(line.split(" "));
                methods.put(words.getFirst(), words.subList(1, words.size()));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        this.address = object(this, "NetworkDefinition");
    }

    /** As the parser wants it. */
    public MemorySegment address() {
        return address;
    }

    /** How many layers of each kind there are. */
    public Map<String, Integer> layers() {
        return layers;
    }

    /** The numbers that a setter was called with, of every layer of a kind; -1 where it was not called. */
    public List<Long> settings(String kind, String setter) {
        return recorded.stream()
                .filter(layer -> layer.kind().equals(kind))
                .map(layer -> layer.setting(setter))
                .toList();
    }

    /** The tensors that came in by {@code addInput}. */
    public List<RecordedTensor> inputs() {
        return inputs;
    }

    /** The tensors that were marked as outputs. */
    public List<RecordedTensor> outputs() {
        return outputs;
    }

    /** What went wrong inside, and calls that are not known here. */
    public List<Throwable> failures() {
        return failures;
    }

    /** Makes the C++ object: its vtable, and one inner object a class; all addresses lead to the Java object. */
    MemorySegment object(Object java, String... classes) {
        MemorySegment memory = arena.allocate(ValueLayout.ADDRESS, 1 + 2L * classes.length);
        memory.setAtIndex(ValueLayout.ADDRESS, 0, vtable("own"));
        for (int i = 0; i < classes.length; i++) {
            MemorySegment inner = memory.asSlice((1 + classes.length + i) * 8L, 8);
            inner.set(ValueLayout.ADDRESS, 0, vtable(classes[i]));
            memory.setAtIndex(ValueLayout.ADDRESS, 1 + i, inner);
            objects.put(inner.address(), java);
        }
        objects.put(memory.address(), java);
        return memory;
    }

    RecordedTensor tensor(long address) {
        return (RecordedTensor) objects.get(address);
    }

    static Shape dims(long address) {
        return Shape.of(MemorySegment.ofAddress(address).reinterpret(Dims.sizeof()));
    }

    /** Writes sizes into a C structure. */
    public static void write(Shape shape, MemorySegment dims) {
        Dims.nbDims(dims, shape.sizes().size());
        for (int i = 0; i < shape.sizes().size(); i++) {
            Dims.d(dims, i, shape.sizes().get(i));
        }
    }

    private MemorySegment vtable(String type) {
        return vtables.computeIfAbsent(type, name -> {
            MemorySegment vtable = arena.allocate(ValueLayout.ADDRESS, SLOTS);
            List<String> names = methods.getOrDefault(name, List.of());
            for (int slot = 0; slot < SLOTS; slot++) {
                String method = slot >= 2 && slot - 2 < names.size() ? names.get(slot - 2) : "slot " + slot;
                vtable.setAtIndex(ValueLayout.ADDRESS, slot, stub(name, method));
            }
            return vtable;
        });
    }

    /** Six words hold every argument that comes in registers; weights come on the stack behind them. */
    private MemorySegment stub(String type, String method) {
        boolean constant = method.equals("addConstant");
        FunctionDescriptor words = FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG);
        FunctionDescriptor descriptor = constant ? words.appendArgumentLayouts(WEIGHTS) : words;
        try {
            MethodHandle handle = MethodHandles.lookup()
                    .findVirtual(
                            NetworkRecorder.class,
                            "called",
                            MethodType.methodType(long.class, String.class, String.class, Object[].class));
            MethodHandle bound = MethodHandles.insertArguments(handle, 0, this, type, method)
                    .asCollector(Object[].class, descriptor.argumentLayouts().size())
                    .asType(descriptor.toMethodType());
            return Linker.nativeLinker().upcallStub(bound, descriptor, arena);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private long called(String type, String method, Object[] values) {
        try {
            boolean givesDims = GIVING_DIMS.contains(method);
            int first = givesDims ? 1 : 0;
            Object self = objects.get((long) values[first]);
            long[] words = new long[5];
            for (int i = 0; i < 5 - first; i++) {
                words[i] = (long) values[first + 1 + i];
            }
            if (self == null) {
                throw new IllegalStateException("no object for " + type + "." + method);
            }
            if (givesDims) {
                Shape dims =
                        self instanceof RecordedTensor tensor ? tensor.dims() : ((RecordedLayer) self).shape(method);
                write(dims, MemorySegment.ofAddress((long) values[0]).reinterpret(Dims.sizeof()));
                return (long) values[0];
            }
            return switch (self) {
                case RecordedTensor tensor -> tensor.call(method, words);
                case RecordedLayer layer -> layer.call(type, method, words);
                default -> network(method, words, values.length > 6 ? (MemorySegment) values[6] : MemorySegment.NULL);
            };
        } catch (Throwable e) {
            failures.add(new IllegalStateException("in " + type + "." + method, e));
            return 0;
        }
    }

    private long network(String method, long[] words, MemorySegment weights) {
        switch (method) {
            case "addInput" -> {
                RecordedTensor input = new RecordedTensor(this, (int) words[1], dims(words[2]));
                input.call("setName", words);
                inputs.add(input);
                return input.address();
            }
            case "markOutput" -> {
                outputs.add(tensor(words[0]));
                return 0;
            }
            case "getNbInputs" -> {
                return inputs.size();
            }
            case "getInput" -> {
                return inputs.get((int) words[0]).address();
            }
            case "getNbOutputs" -> {
                return outputs.size();
            }
            case "getOutput" -> {
                return outputs.get((int) words[0]).address();
            }
            case "getNbLayers" -> {
                return layers.values().stream().mapToInt(Integer::intValue).sum();
            }
            case "getFlag", "setWeightsName" -> {
                return 1;
            }
            case "getFlags", "hasImplicitBatchDimension", "setName", "getErrorRecorder", "setErrorRecorder" -> {
                return 0;
            }
            default -> {
                if (!method.startsWith("add")) {
                    throw new UnsupportedOperationException(method);
                }
                RecordedLayer layer =
                        new RecordedLayer(this, method.substring(3).replaceAll("(Nd|V2)$", ""), words);
                if (method.equals("addConstant")) {
                    layer.weights(weights);
                }
                layers.merge(layer.kind(), 1, Integer::sum);
                recorded.add(layer);
                return layer.address();
            }
        }
    }
}
