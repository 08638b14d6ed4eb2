package dev.midframe.onnx.kernels;

import dev.midframe.onnx.kernels.blending.BlendHead;
import dev.midframe.onnx.kernels.blending.BlendHeadInput;
import dev.midframe.onnx.lowering.CustomOp;
import dev.midframe.onnx.lowering.Operands;
import java.util.List;

/** What an operator does. Threads may run it side by side. */
public interface Computation {

    /** Memory for what comes out. */
    interface Outputs {
        /** The output at an index, in a shape, to be written whole. */
        FloatTensor allocate(int index, int... shape);
    }

    /**
     * Computes the outputs.
     *
     * @param inputs as many as the operator takes, in the order of its {@link Operands}, valid until this returns
     * @param outputs where to write
     * @param parallel runs the loops over rows
     */
    void run(List<FloatTensor> inputs, Outputs outputs, ParallelRows parallel);

    /**
     * The computation of an operator.
     *
     * @param block channels that lie together in features; {@link #takes} it
     */
    static Computation of(CustomOp operator, int block) {
        return switch (operator) {
            case INT8_AVERAGE_POOL_2X2 -> new Int8AveragePool2x2();
            case AVERAGE_POOL_2X2 -> new AveragePool2x2();
            case PIXEL_UNSHUFFLE -> new PixelUnshuffle(block);
            case INT8_PIXEL_UNSHUFFLE -> new Int8PixelUnshuffle();
            case INT8_FLOW_INPUT -> new Int8FlowInput();
            case INT8_FUSION_INPUT -> new Int8FusionInput();
            case FLOW_INPUT -> new FlowInput(block);
            case FUSION_INPUT -> new FusionInput(block);
            case BLEND_HEAD_INPUT -> new BlendHeadInput(block, false, new Scratch());
            case INT8_BLEND_HEAD_INPUT -> new BlendHeadInput(block, true, new Scratch());
            case BLEND_HEAD -> new BlendHead(block, false);
            case INT8_BLEND_HEAD -> new BlendHead(block, true);
            case PICTURE_WARP -> new PictureWarp();
        };
    }

    /** Whether blocks of so many channels are whole vectors of this processor. */
    static boolean takes(int block) {
        return block % Lanes.FLOATS.length() == 0;
    }

    /** Whether as many uint8 as a vector has floats are a vector, too: they are not where it has but four. */
    static boolean takesInt8() {
        return Lanes.BYTES.length() == Lanes.FLOATS.length();
    }
}
