package dev.midframe.onnx.kernels;

import dev.midframe.film.graph.CpuOperator;
import dev.midframe.onnx.kernels.blending.Finish;
import dev.midframe.onnx.kernels.blending.FinishInput;

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
     * @param inputs as many as the operator takes, valid until this returns
     * @param outputs where to write
     */
    void run(FloatTensor[] inputs, Outputs outputs);

    /**
     * The computation of an operator.
     *
     * @param block channels that lie together in features; {@link #takes} it
     */
    static Computation of(CpuOperator operator, int block) {
        return switch (operator) {
            case BYTES_HALVE -> new BytesHalve();
            case HALVE -> new Halve();
            case IMAGE -> new Image(block);
            case BYTES_IMAGE -> new BytesImage();
            case BYTES_FLOW_INPUT -> new BytesFlowInput();
            case BYTES_FUSION_INPUT -> new BytesFusionInput();
            case FLOW_INPUT -> new FlowInput(block);
            case FUSION_INPUT -> new FusionInput(block);
            case FINISH_INPUT -> new FinishInput(block, false, new Scratch());
            case BYTES_FINISH_INPUT -> new FinishInput(block, true, new Scratch());
            case FINISH -> new Finish(block, false, new Scratch());
            case BYTES_FINISH -> new Finish(block, true, new Scratch());
            case PICTURE_WARP -> new PictureWarp();
        };
    }

    /** Whether blocks of so many channels are whole vectors of this processor. */
    static boolean takes(int block) {
        return block % Lanes.FLOATS.length() == 0;
    }

    /** Whether as many bytes as a vector has numbers are a vector, too: they are not where it has but four. */
    static boolean takesBytes() {
        return Lanes.BYTES.length() == Lanes.FLOATS.length();
    }
}
