package dev.midframe.tensorrt.build;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.tensorrt.SlotTable;
import dev.midframe.ffi.tensorrt.VirtualMethod;
import dev.midframe.ffi.tensorrt.generated.IParserError_desc;
import dev.midframe.ffi.tensorrt.generated.IParserError_node;
import dev.midframe.ffi.tensorrt.generated.IParserError_nodeName;
import dev.midframe.ffi.tensorrt.generated.IParserError_nodeOperator;
import dev.midframe.ffi.tensorrt.generated.IParser_getError;
import dev.midframe.ffi.tensorrt.generated.IParser_getNbErrors;
import dev.midframe.ffi.tensorrt.generated.IParser_parse;
import dev.midframe.tensorrt.Owned;
import dev.midframe.tensorrt.TensorRt;
import dev.midframe.tensorrt.TensorRtException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Reads ONNX models into a network, which uses this object's memory until it is built. */
public final class OnnxParser extends Owned {

    private final VirtualMethod parse = method(IParser_parse.class);
    private final VirtualMethod getNbErrors = method(IParser_getNbErrors.class);
    private final VirtualMethod getError = method(IParser_getError.class);

    /** Owns the {@code IParser} at an address. */
    public OnnxParser(TensorRt tensorRt, MemorySegment address) {
        super(tensorRt, "IParser", address, "createNvOnnxParser");
    }

    /**
     * Reads a serialized model.
     *
     * @throws TensorRtException naming the first node that TensorRT does not take
     */
    void parse(byte[] model) {
        tensorRt().forgetErrors();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(model.length, 16).copyFrom(MemorySegment.ofArray(model));
            if (!IParser_parse.invoke(parse.address(), parse.self(), bytes, model.length, MemorySegment.NULL)) {
                List<String> errors = errors();
                throw tensorRt()
                        .failure("the ONNX model cannot be used"
                                + (errors.isEmpty() ? "" : " (" + errors.getFirst() + ")"));
            }
        }
    }

    private List<String> errors() {
        List<String> errors = new ArrayList<>();
        int count = IParser_getNbErrors.invoke(getNbErrors.address(), getNbErrors.self());
        for (int i = 0; i < count; i++) {
            errors.add(describe(IParser_getError.invoke(getError.address(), getError.self(), i)));
        }
        return errors;
    }

    private String describe(MemorySegment error) {
        SlotTable slots = tensorRt().slots();
        VirtualMethod node = slots.method(IParserError_node.class, error, lifetime());
        VirtualMethod operator = slots.method(IParserError_nodeOperator.class, error, lifetime());
        VirtualMethod name = slots.method(IParserError_nodeName.class, error, lifetime());
        VirtualMethod desc = slots.method(IParserError_desc.class, error, lifetime());
        return "node " + IParserError_node.invoke(node.address(), node.self())
                + " " + Memory.text(IParserError_nodeOperator.invoke(operator.address(), operator.self()))
                + " " + Memory.text(IParserError_nodeName.invoke(name.address(), name.self()))
                + ": " + Memory.text(IParserError_desc.invoke(desc.address(), desc.self()));
    }
}
