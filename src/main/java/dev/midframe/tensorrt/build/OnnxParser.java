package dev.midframe.tensorrt.build;

import dev.midframe.ffi.tensorrt.IParser;
import dev.midframe.ffi.tensorrt.IParserError;
import dev.midframe.tensorrt.Owned;
import dev.midframe.tensorrt.TensorRt;
import dev.midframe.tensorrt.TensorRtException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Reads ONNX models into a network, which uses this object's memory until it is built. */
public final class OnnxParser extends Owned<IParser> {

    public OnnxParser(TensorRt tensorRt, MemorySegment address) {
        super(tensorRt, IParser.class, address, "createNvOnnxParser");
    }

    /** Whether the parser knows an ONNX operator. */
    boolean supports(String operator) {
        return object().supportsOperator(operator);
    }

    /**
     * Reads a serialized model.
     *
     * @throws TensorRtException naming the first node that TensorRT does not take
     */
    void parse(byte[] model) {
        tensorRt().forgetErrors();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(model.length, 16);
            bytes.copyFrom(MemorySegment.ofArray(model));
            if (!object().parse(bytes, model.length, null)) {
                List<String> errors = errors();
                throw tensorRt()
                        .failure("the ONNX model cannot be used"
                                + (errors.isEmpty() ? "" : " (" + errors.getFirst() + ")"));
            }
        }
    }

    private List<String> errors() {
        List<String> errors = new ArrayList<>();
        for (int i = 0; i < object().getNbErrors(); i++) {
            IParserError error = tensorRt().objects().at(IParserError.class, object().getError(i));
            errors.add(
                    "node " + error.node() + " " + error.nodeOperator() + " " + error.nodeName() + ": " + error.desc());
        }
        return errors;
    }
}
