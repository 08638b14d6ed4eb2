package dev.midframe.onnx.lowering;

import dev.midframe.film.graph.GraphBuilder;
import dev.midframe.film.graph.OnnxGraph.Element;
import dev.midframe.film.graph.Value;
import java.util.List;

/**
 * The custom operators of {@link NchwcLowering} and {@link Int8Lowering}, which the engine brings. Inputs are named as in
 * {@link Operands}; tensors are of 32-bit floats in ONNX's layout where nothing else is said. NCHWc: channels in blocks
 * ({@link NchwcBlocks}). int8: uint8 [N,H,W,C], quantized ({@link Quantization}), results rounded and saturated.
 */
public enum CustomOp {
    /** Means of 2 x 2: planes [N,C,2h,2w] to [N,C,h,w]. */
    AVERAGE_POOL_2X2("AveragePool2x2", 1, 1),
    /** The same of int8 features [N,2h,2w,C] to [N,h,w,C]. */
    INT8_AVERAGE_POOL_2X2("Int8AveragePool2x2", 1, 1, 1, 1),
    /**
     * A picture as the extractor sees it: luma [1,1,h,w], chroma [1,2,h/2,w/2], parameters [1] the stem s; to [1,s*s*3/2,h/s,w/s]
     * in NCHWc, numbered as by {@code Operators.unshuffle}, luma first.
     */
    PIXEL_UNSHUFFLE("PixelUnshuffle", 3, 1),
    /** The same to int8 [1,h/s,w/s,s*s*3/2]; parameters [3] the stem, scale, zero point. */
    INT8_PIXEL_UNSHUFFLE("Int8PixelUnshuffle", 0, 3, 1, 1),
    /**
     * What a flow predictor sees of both directions: first, second [1,C,h,w] in NCHWc, features of the earlier and the later
     * picture; flow [2,2,h,w] in pixels, channel 0 = x, of the earlier picture into the later one and then the other way round; to
     * [2,2C,h,w] in NCHWc: each picture's own features, and the other's, warped: out(p) = in(p + flow(p)), bilinear, clamped
     * to the border.
     */
    FLOW_INPUT("FlowInput", 3, 1),
    /** The same of int8 features [1,h,w,C] to [2,h,w,2C]. */
    INT8_FLOW_INPUT("Int8FlowInput", 2, 3, 1, 1),
    /**
     * What the decoder sees of a level: features of both pictures and a flow [1,2,h,w] into each, to both warped and the two flows
     * as four channels: [1,2C+4,h,w] in NCHWc, these four in blocks of their own.
     */
    FUSION_INPUT("FusionInput", 4, 1),
    /**
     * The same of int8 features [1,h,w,C] to [1,h,w,2C+16]: each flow's x and y is the sum of four elements. Quantization [4]: the
     * scale of features against that of warped ones, their zero point, the output's zero point, the scale of flows.
     */
    INT8_FUSION_INPUT("Int8FusionInput", 2, 5, 1, 1),
    /**
     * What the blend head's layers see: luma [1,1,H,W] and chroma [1,2,h,w] of both pictures, a flow [1,2,y,x] of level 0 into
     * each, the decoder's output in NCHWc, parameters [3]: how many features F are in it, how many steps of Lucas and Kanade
     * refine the flows ({@code film.graph.LucasKanade}), how many positions the layers look in each direction. The decoder's
     * output has for each of the positions at half the picture's size (or a quarter, where motion is found at half the size) that
     * fall on one of level 0 a part of F features and four flow corrections. To (0) [1,F+12,H/2,W/2] in NCHWc: features, then of
     * each picture, warped, luma as four channels and chroma as two; (1) the corrected and refined flows [1,4,H/2,W/2]; (2) both
     * warped chromas [1,4,h,w]; (3) both warped lumas [1,2,H,W]; (4) where it moves [1,1,H/2,W/2] ({@code film.graph.Stillness}).
     * Flows are enlarged (bilinear, half-pixel centres), pictures warped by bicubic sampling (a = -0.75, every tap clamped to the
     * border), unless nothing moves there, nor as far around as the layers look.
     */
    BLEND_HEAD_INPUT("BlendHeadInput", 8, 5),
    /**
     * The same to (0) int8 [1,H/2,W/2,12+F], the pictures first, and the rest as there. Quantization [3]: the scale of pictures,
     * the zero point, the scale of features.
     */
    INT8_BLEND_HEAD_INPUT("Int8BlendHeadInput", 0, 9, 1, 5),
    /**
     * The frame: the output [1,10,H/2,W/2] of the blend head's last layer in NCHWc, results 4, 2 and 3 of {@link #BLEND_HEAD_INPUT},
     * both pictures as there, time [1]; to luma [1,1,H,W] and chroma [1,2,h,w]: blended by the mask, with residuals, and their
     * mean where nothing moves.
     */
    BLEND_HEAD("BlendHead", 9, 2),
    /**
     * The same of an int8 output [1,H/2,W/2,16], of which the last six channels are padding. Quantization [4]: the scales of mask,
     * luma and chroma, and the zero point.
     */
    INT8_BLEND_HEAD("Int8BlendHead", 1, 10, 0, 2),
    /**
     * Backward warping of a picture [1,C,H,W] by a flow [1,2,H/n,W/m] in pixels of its own size: the flow is enlarged first
     * (bilinear, half-pixel centres, times m and n). Bilinear sampling.
     */
    PICTURE_WARP("PictureWarp", 2, 1);

    /** Domain of the custom operators. */
    public static final String DOMAIN = "dev.midframe";

    private final String operatorName;
    private final int int8Inputs;
    private final int inputs;
    private final int int8Outputs;
    private final int outputs;

    CustomOp(String operatorName, int inputs, int outputs) {
        this(operatorName, 0, inputs, 0, outputs);
    }

    /** @param int8Inputs how many of the inputs, the first ones, are int8; int8Outputs likewise */
    CustomOp(String operatorName, int int8Inputs, int inputs, int int8Outputs, int outputs) {
        this.operatorName = operatorName;
        this.int8Inputs = int8Inputs;
        this.inputs = inputs;
        this.int8Outputs = int8Outputs;
        this.outputs = outputs;
    }

    /** Adds a node with this operator and outputs of the given shapes. */
    List<Value> call(GraphBuilder graph, Operands<Value> operands, List<int[]> shapes) {
        return graph.nodes(DOMAIN, operatorName, this::output, shapes, operands.list());
    }

    /** The same with one output. */
    Value call(GraphBuilder graph, Operands<Value> operands, int... shape) {
        return call(graph, operands, List.of(shape)).getFirst();
    }

    /** As graphs name it. */
    public String operatorName() {
        return operatorName;
    }

    /** How many tensors go in. */
    public int inputs() {
        return inputs;
    }

    /** Element type of an input. */
    public Element input(int index) {
        return index < int8Inputs ? Element.UINT8 : Element.FLOAT;
    }

    /** Element type of an output. */
    public Element output(int index) {
        return index < int8Outputs ? Element.UINT8 : Element.FLOAT;
    }

    /** How many tensors come out. */
    public int outputs() {
        return outputs;
    }
}
