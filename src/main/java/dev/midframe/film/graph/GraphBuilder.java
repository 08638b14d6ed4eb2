package dev.midframe.film.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.midframe.film.graph.OnnxGraph.Element;
import dev.midframe.film.graph.OnnxGraph.Port;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;

/** Collects nodes, constants, inputs and outputs into an ONNX model; knows types and protobuf, no operator's meaning. */
public final class GraphBuilder {

    /**
     * The last one in which GridSample's modes are named as TensorRT's parser knows them, bilinear and bicubic. From 20 on they
     * are linear and cubic, and it takes every name that it does not know for nearest.
     */
    private static final int OPSET = 19;

    private static final int IR_VERSION = 9;

    private final List<NodeProto.Builder> nodes = new ArrayList<>();
    private final Map<String, TensorProto> constants = new LinkedHashMap<>();
    private final List<Port> inputs = new ArrayList<>();
    private final List<Port> outputs = new ArrayList<>();
    private final Map<String, String> renamed = new HashMap<>();
    private final List<Port> described = new ArrayList<>();
    private final Set<String> domains = new TreeSet<>();
    private String scope = "";
    private long largestTensor;

    /** Prefixes the names of the nodes that follow, for people who read profiles. */
    public void scope(String name) {
        scope = name + "/";
    }

    public Value input(String name, Element element, int... shape) {
        inputs.add(new Port(name, element, Arrays.stream(shape).boxed().toList()));
        return new Value(name, element, shape);
    }

    public void output(String name, Value value) {
        if (renamed.putIfAbsent(value.name(), name) != null) {
            throw new IllegalArgumentException(value.name() + " is an output already");
        }
        outputs.add(port(name, value));
    }

    /** Adds a node of ONNX's own operators with one output of the given type and shape. */
    public Value node(
            String operator, Element element, int[] shape, List<Value> operands, AttributeProto... attributes) {
        return node("", operator, element, shape, operands, attributes);
    }

    /** Adds a node of another domain's operators; its output's shape is written down, as nobody else can infer it. */
    public Value node(
            String domain,
            String operator,
            Element element,
            int[] shape,
            List<Value> operands,
            AttributeProto... attributes) {
        return nodes(domain, operator, index -> element, List.of(shape), operands, attributes)
                .getFirst();
    }

    /** The same with an output for each of the shapes. */
    public List<Value> nodes(
            String domain,
            String operator,
            IntFunction<Element> element,
            List<int[]> shapes,
            List<Value> operands,
            AttributeProto... attributes) {
        String name = scope + operator + "_" + nodes.size();
        NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).setName(name);
        operands.forEach(operand -> node.addInput(operand.name()));
        node.addAllAttribute(Arrays.asList(attributes));
        List<Value> values = new ArrayList<>();
        for (int[] shape : shapes) {
            int index = values.size();
            Value value = new Value(index == 0 ? name : name + "." + index, element.apply(index), shape);
            node.addOutput(value.name());
            largestTensor = Math.max(largestTensor, elements(shape));
            values.add(value);
        }
        if (!domain.isEmpty()) {
            node.setDomain(domain);
            domains.add(domain);
            values.forEach(value -> described.add(port(value.name(), value)));
        }
        nodes.add(node);
        return values;
    }

    private static long elements(int... shape) {
        return Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
    }

    private static Port port(String name, Value value) {
        return new Port(
                name, value.element(), Arrays.stream(value.shape()).boxed().toList());
    }

    /** A constant under a name of its own; asked for again it is the same one. */
    public Value constant(String name, Element element, int[] shape, float... values) {
        String key = name + "." + element;
        if (!constants.containsKey(key)) {
            ByteBuffer bytes =
                    ByteBuffer.allocate(values.length * element.bytes()).order(ByteOrder.LITTLE_ENDIAN);
            switch (element) {
                case FLOAT -> bytes.asFloatBuffer().put(values);
                case FLOAT16 -> {
                    for (float value : values) {
                        bytes.putShort(Float.floatToFloat16(value));
                    }
                }
                case UINT8 -> {
                    for (float value : values) {
                        bytes.put((byte) value);
                    }
                }
            }
            add(key, dataType(element), shape, bytes.clear());
        }
        return new Value(key, element, shape);
    }

    /** A scalar, which takes part in arithmetic with any shape. */
    public Value scalar(Element element, float value) {
        return constant("scalar." + value, element, new int[0], value);
    }

    /** A constant list of 64-bit integers, as shape operands are. Only its name is of use. */
    public Value int64(long... values) {
        String key = "int64." + Arrays.toString(values);
        if (!constants.containsKey(key)) {
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            Arrays.stream(values).forEach(bytes::putLong);
            add(key, TensorProto.DataType.INT64, new int[] {values.length}, bytes.flip());
        }
        return new Value(key, Element.FLOAT, values.length);
    }

    /** A constant of signed 8-bit integers. Only its name is of use. */
    public Value int8(String name, int[] shape, byte[] values) {
        if (!constants.containsKey(name)) {
            add(name, TensorProto.DataType.INT8, shape, ByteBuffer.wrap(values));
        }
        return new Value(name, Element.UINT8, shape);
    }

    /** A constant list of 32-bit integers. Only its name is of use. */
    public Value int32(String name, int[] values) {
        if (!constants.containsKey(name)) {
            ByteBuffer bytes =
                    ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asIntBuffer().put(values);
            add(name, TensorProto.DataType.INT32, new int[] {values.length}, bytes);
        }
        return new Value(name, Element.FLOAT, values.length);
    }

    /** An operand that is left out. */
    public static Value absent() {
        return new Value("", Element.FLOAT);
    }

    public static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    public static AttributeProto attribute(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    public static AttributeProto attribute(String name, float[] values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.FLOATS);
        for (float value : values) {
            attribute.addFloats(value);
        }
        return attribute.build();
    }

    public static AttributeProto attribute(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    public static AttributeProto attribute(String name, long[] values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        Arrays.stream(values).forEach(attribute::addInts);
        return attribute.build();
    }

    static TensorProto.DataType dataType(Element element) {
        return switch (element) {
            case UINT8 -> TensorProto.DataType.UINT8;
            case FLOAT16 -> TensorProto.DataType.FLOAT16;
            case FLOAT -> TensorProto.DataType.FLOAT;
        };
    }

    /** @param name of the graph, for people */
    public OnnxGraph build(String name) {
        return new OnnxGraph(name, model(name), inputs, outputs, largestTensor);
    }

    private byte[] model(String name) {
        GraphProto.Builder graph = GraphProto.newBuilder().setName(name);
        inputs.forEach(port -> graph.addInput(describe(port)));
        outputs.forEach(port -> graph.addOutput(describe(port)));
        described.stream()
                .filter(port -> !renamed.containsKey(port.name()))
                .forEach(port -> graph.addValueInfo(describe(port)));
        graph.addAllInitializer(constants.values());
        for (NodeProto.Builder node : nodes) {
            for (int output = 0; output < node.getOutputCount(); output++) {
                node.setOutput(output, renamed.getOrDefault(node.getOutput(output), node.getOutput(output)));
            }
            for (int input = 0; input < node.getInputCount(); input++) {
                node.setInput(input, renamed.getOrDefault(node.getInput(input), node.getInput(input)));
            }
            graph.addNode(node);
        }
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("midframe")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(graph);
        domains.forEach(domain -> model.addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(1)));
        return model.build().toByteArray();
    }

    private void add(String key, TensorProto.DataType type, int[] shape, ByteBuffer bytes) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(key)
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(bytes));
        Arrays.stream(shape).forEach(tensor::addDims);
        constants.put(key, tensor.build());
    }

    private static ValueInfoProto describe(Port port) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        port.shape().forEach(size -> shape.addDimBuilder().setDimValue(size));
        return ValueInfoProto.newBuilder()
                .setName(port.name())
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(dataType(port.element()).getNumber())
                                .setShape(shape)))
                .build();
    }
}
