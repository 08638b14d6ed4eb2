package dev.midframe.ffi.tensorrt;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** An {@code ILayer} of a {@link NetworkRecorder}: what the parser set, and the shape that follows from it. */
final class RecordedLayer {

    private static final Map<String, Integer> INPUTS =
            Map.of("Constant", 0, "Concatenation", 0, "ElementWise", 2, "GridSample", 2, "Select", 3, "Gather", 2);
    private static final int INT32 = 3;
    private static final int INT64 = 8;
    private static final String VALUES = "values";

    private final NetworkRecorder network;
    private final String kind;
    private final long address;
    private final List<RecordedTensor> inputs = new ArrayList<>();
    private final Map<Integer, RecordedTensor> later = new HashMap<>();
    private final Map<String, long[]> settings = new HashMap<>();
    private final RecordedTensor output;
    private long name = Arena.global().allocateFrom("").address();

    RecordedLayer(NetworkRecorder network, String kind, long[] words) {
        this.network = network;
        this.kind = kind;
        int count = INPUTS.getOrDefault(kind, 1);
        if (kind.equals("Concatenation")) {
            MemorySegment pointers = MemorySegment.ofAddress(words[0]).reinterpret(8 * words[1]);
            LongStream.range(0, words[1])
                    .map(i -> pointers.getAtIndex(ValueLayout.JAVA_LONG, i))
                    .mapToObj(network::tensor)
                    .forEach(inputs::add);
        } else {
            IntStream.range(0, count).mapToObj(i -> network.tensor(words[i])).forEach(inputs::add);
        }
        added(words);
        this.output = new RecordedTensor(network, type(words), this::shape, this::values);
        this.address = network.object(this, "Layer", kind + "Layer").address();
    }

    /** The numbers of a constant: data type, address, count. */
    void weights(MemorySegment weights) {
        int type = weights.get(ValueLayout.JAVA_INT, 0);
        output.type(type);
        long count = weights.get(ValueLayout.JAVA_LONG, 16);
        int bytes = type == INT64 ? Long.BYTES : Integer.BYTES;
        MemorySegment numbers = weights.get(ValueLayout.ADDRESS, 8).reinterpret(count * bytes);
        if (type == INT64 || type == INT32) {
            settings.put(
                    VALUES,
                    LongStream.range(0, count)
                            .map(i -> type == INT64
                                    ? numbers.getAtIndex(ValueLayout.JAVA_LONG, i)
                                    : numbers.getAtIndex(ValueLayout.JAVA_INT, i))
                            .toArray());
        }
    }

    String kind() {
        return kind;
    }

    long address() {
        return address;
    }

    RecordedTensor output() {
        return output;
    }

    /** The number that was set last, -1 where none was. */
    long setting(String setter) {
        return settings.getOrDefault(setter, new long[] {-1})[0];
    }

    /** A shape that was set, as {@code getX} returns what {@code setX} took. */
    Shape shape(String getter) {
        return Shape.of(settings.getOrDefault(getter.replaceFirst("^g", "s"), new long[0]));
    }

    long call(String type, String method, long[] words) {
        if (!type.equals("Layer")) {
            return specific(method, words);
        }
        return switch (method) {
            case "setInput" -> {
                output.forget();
                later.put((int) words[0], network.tensor(words[1]));
                yield 0;
            }
            case "getOutput" -> output.address();
            case "getNbOutputs" -> 1;
            case "getNbInputs" -> inputs.size();
            case "getInput" -> inputs.get((int) words[0]).address();
            case "getName" -> name;
            case "setName" -> {
                String text = MemorySegment.ofAddress(words[0])
                        .reinterpret(Long.MAX_VALUE)
                        .getString(0);
                name = Arena.global().allocateFrom(text).address();
                yield 0;
            }
            case "setMetadata", "getType" -> 0;
            case "getOutputType" -> output.type();
            default -> throw new UnsupportedOperationException(kind + "." + method);
        };
    }

    private long specific(String method, long[] words) {
        if (method.startsWith("get")) {
            return settings.getOrDefault(method.replaceFirst("^g", "s"), new long[1])[0];
        }
        output.forget();
        switch (method) {
            case "setFirstTranspose", "setSecondTranspose" -> {
                MemorySegment order = MemorySegment.ofAddress(words[0]).reinterpret(32);
                settings.put(
                        method,
                        IntStream.range(0, 8)
                                .mapToLong(i -> order.getAtIndex(ValueLayout.JAVA_INT, i))
                                .toArray());
            }
            case "setScales" -> {
                MemorySegment scales = MemorySegment.ofAddress(words[0]).reinterpret(4 * words[1]);
                settings.put(
                        method,
                        LongStream.range(0, words[1])
                                .map(i -> Math.round(scales.getAtIndex(ValueLayout.JAVA_FLOAT, i)))
                                .toArray());
            }
            case "setOutputDimensions",
                    "setReshapeDimensions",
                    "setPrePadding",
                    "setPostPadding",
                    "setPaddingNd",
                    "setStrideNd",
                    "setDilationNd",
                    "setWindowSizeNd",
                    "setSize",
                    "setAxes",
                    "setStart",
                    "setStride" -> settings.put(method, sizes(words[0]));
            default -> settings.put(method, new long[] {words[0]});
        }
        return 1;
    }

    private void added(long[] words) {
        switch (kind) {
            case "Constant" -> settings.put("setDimensions", sizes(words[0]));
            case "Convolution" -> {
                settings.put("setNbOutputMaps", new long[] {words[1]});
                settings.put("setWindowSizeNd", sizes(words[2]));
            }
            case "Pooling" -> settings.put("setWindowSizeNd", sizes(words[2]));
            case "Slice" -> {
                settings.put("setStart", sizes(words[1]));
                settings.put("setSize", sizes(words[2]));
                settings.put("setStride", sizes(words[3]));
            }
            case "ElementWise", "Gather" -> settings.put("third", new long[] {words[2]});
            case "Reduce" -> settings.put("reduce", new long[] {words[2], words[3] & 0xFF});
            default -> {}
        }
    }

    private int type(long[] words) {
        return switch (kind) {
            case "Cast" -> (int) words[1];
            case "Shape" -> INT64;
            case "Select" -> inputs.get(1).type();
            case "Constant" -> 0;
            default -> inputs.getFirst().type();
        };
    }

    private Shape shape() {
        return Shape.of(
                switch (kind) {
                    case "Activation", "Unary", "Cast", "Identity" -> in(0);
                    case "Constant" -> settings.get("setDimensions");
                    case "ElementWise" -> broadcast(in(0), in(1));
                    case "Convolution" -> {
                        long[] shape = windowed();
                        shape[1] = settings.get("setNbOutputMaps")[0];
                        yield shape;
                    }
                    case "Pooling" -> windowed();
                    case "Concatenation" -> concatenated();
                    case "Slice" -> sliced();
                    case "Shuffle" -> shuffled();
                    case "Resize" -> resized();
                    case "GridSample" -> new long[] {in(0)[0], in(0)[1], in(1)[1], in(1)[2]};
                    case "Reduce" -> reduced();
                    case "Shape" -> new long[] {in(0).length};
                    case "Gather" -> gathered();
                    case "Select" -> broadcast(in(0), broadcast(in(1), in(2)));
                    default -> throw new UnsupportedOperationException("the shape of " + kind);
                });
    }

    /** The numbers of a tensor of sizes or indices, which the parser computes in the network. */
    private long[] values() {
        return switch (kind) {
            case "Constant" -> settings.get(VALUES);
            case "Cast", "Identity", "Shuffle" -> inputs.getFirst().values();
            case "Shape" -> in(0);
            case "Concatenation" ->
                inputs.stream()
                        .flatMapToLong(input -> LongStream.of(input.values()))
                        .toArray();
            case "Gather" -> {
                long[] data = inputs.get(0).values();
                yield LongStream.of(inputs.get(1).values())
                        .map(i -> data[(int) i])
                        .toArray();
            }
            case "Slice" -> {
                long[] data = inputs.getFirst().values();
                long start = given(1, "setStart")[0];
                long stride = given(3, "setStride")[0];
                yield LongStream.range(0, given(2, "setSize")[0])
                        .map(i -> data[(int) (start + i * stride)])
                        .toArray();
            }
            case "ElementWise" -> computed();
            default -> throw new UnsupportedOperationException("the numbers of " + kind);
        };
    }

    private long[] computed() {
        long[] a = inputs.get(0).values();
        long[] b = inputs.get(1).values();
        return IntStream.range(0, Math.max(a.length, b.length))
                .mapToLong(i -> {
                    long x = a[a.length == 1 ? 0 : i];
                    long y = b[b.length == 1 ? 0 : i];
                    return switch ((int) settings.get("third")[0]) {
                        case 0 -> x + y;
                        case 1 -> x * y;
                        case 2 -> Math.max(x, y);
                        case 3 -> Math.min(x, y);
                        case 4 -> x - y;
                        case 5 -> x / y;
                        case 7 -> Math.floorDiv(x, y);
                        case 11 -> x == y ? 1 : 0;
                        case 12 -> x > y ? 1 : 0;
                        case 13 -> x < y ? 1 : 0;
                        default -> throw new UnsupportedOperationException("operation " + settings.get("third")[0]);
                    };
                })
                .toArray();
    }

    /** What came as a tensor, or else was set. */
    private long[] given(int index, String setting) {
        return later.containsKey(index) ? later.get(index).values() : settings.get(setting);
    }

    private long[] sliced() {
        long[] size = given(2, "setSize");
        long[] axes = given(5, "setAxes");
        if (axes == null) {
            return size;
        }
        long[] shape = in(0);
        for (int i = 0; i < axes.length; i++) {
            shape[(int) Math.floorMod(axes[i], (long) shape.length)] = size[i];
        }
        return shape;
    }

    private long[] gathered() {
        int axis = (int) settings.getOrDefault("setGatherAxis", settings.get("third"))[0];
        long[] data = in(0);
        return LongStream.concat(
                        LongStream.concat(LongStream.of(data).limit(axis), LongStream.of(in(1))),
                        LongStream.of(data).skip(axis + 1L))
                .toArray();
    }

    private long[] in(int index) {
        return inputs.get(index).dims().sizes().stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    private static long[] broadcast(long[] a, long[] b) {
        if (a.length != b.length) {
            throw new IllegalStateException("TensorRT does not broadcast ranks " + a.length + " and " + b.length);
        }
        return IntStream.range(0, a.length)
                .mapToLong(i -> {
                    if (a[i] != b[i] && a[i] != 1 && b[i] != 1) {
                        throw new IllegalStateException(Shape.of(a) + " and " + Shape.of(b) + " do not broadcast");
                    }
                    return Math.max(a[i], b[i]);
                })
                .toArray();
    }

    private long[] windowed() {
        long[] shape = in(0);
        long[] window = settings.get("setWindowSizeNd");
        long[] both = settings.getOrDefault("setPaddingNd", new long[window.length]);
        long[] before = settings.getOrDefault("setPrePadding", both);
        long[] after = settings.getOrDefault("setPostPadding", both);
        for (int i = 0; i < window.length; i++) {
            long stride = settings.containsKey("setStrideNd") ? settings.get("setStrideNd")[i] : 1;
            shape[2 + i] = (shape[2 + i] + before[i] + after[i] - window[i]) / stride + 1;
        }
        return shape;
    }

    private long[] concatenated() {
        int axis = (int) settings.getOrDefault("setAxis", new long[] {1})[0];
        long[] shape = in(0);
        for (int i = 1; i < inputs.size(); i++) {
            shape[axis] += in(i)[axis];
        }
        return shape;
    }

    private long[] shuffled() {
        long[] transposed = transposed(in(0), "setFirstTranspose");
        long[] target = later.containsKey(1)
                ? later.get(1).values()
                : settings.getOrDefault("setReshapeDimensions", transposed).clone();
        long volume = LongStream.of(transposed).reduce(1, (a, b) -> a * b);
        for (int i = 0; i < target.length; i++) {
            target[i] = target[i] == 0 ? transposed[i] : target[i];
        }
        long known = LongStream.of(target).filter(size -> size > 0).reduce(1, (a, b) -> a * b);
        for (int i = 0; i < target.length; i++) {
            target[i] = target[i] < 0 ? volume / known : target[i];
        }
        if (LongStream.of(target).reduce(1, (a, b) -> a * b) != volume) {
            throw new IllegalStateException(Shape.of(transposed) + " cannot become " + Shape.of(target));
        }
        return transposed(target, "setSecondTranspose");
    }

    private long[] transposed(long[] shape, String setting) {
        long[] order = settings.get(setting);
        return order == null
                ? shape
                : IntStream.range(0, shape.length)
                        .mapToLong(i -> shape[(int) order[i]])
                        .toArray();
    }

    private long[] resized() {
        long[] target = given(1, "setOutputDimensions");
        long[] scales = settings.get("setScales");
        long[] shape = in(0);
        return target != null
                ? target
                : IntStream.range(0, shape.length)
                        .mapToLong(i -> shape[i] * scales[i])
                        .toArray();
    }

    private long[] reduced() {
        long[] reduce = settings.get("reduce");
        long[] shape = in(0);
        boolean keep = reduce[1] != 0;
        return IntStream.range(0, shape.length)
                .filter(i -> keep || (reduce[0] >> i & 1) == 0)
                .mapToLong(i -> (reduce[0] >> i & 1) == 1 ? 1 : shape[i])
                .toArray();
    }

    private static long[] sizes(long address) {
        return NetworkRecorder.dims(address).sizes().stream()
                .mapToLong(Long::longValue)
                .toArray();
    }
}
