package dev.midframe.film.graph;

import dev.midframe.film.graph.OnnxGraph.Element;

/**
 * The operators of the project's own that a graph in blocks or bytes asks for ({@link Dialect}). Tensors are of 32-bit numbers
 * where nothing else is said.
 */
public enum CustomOp {
    /** Means of squares of 2 x 2: planes [N,C,2h,2w] to [N,C,h,w], not in blocks. */
    AVERAGE_POOL_2X2("AveragePool2x2", 1, 1),
    /** The same of bytes [N,2h,2w,C] to [N,h,w,C], rounded. */
    INT8_AVERAGE_POOL_2X2("Int8AveragePool2x2", 1, 1, 1, 1),
    /**
     * What the extractor sees of a picture: luma [1,1,h,w], chroma [1,2,h/2,w/2] and the stem s [1] to the channels
     * [1,s*s*3/2,h/s,w/s] in blocks, unshuffled as {@code Operators.unshuffle} does it, luma first.
     */
    PIXEL_UNSHUFFLE("PixelUnshuffle", 3, 1),
    /**
     * The same in bytes: luma, chroma, and s, the bytes' scale and their zero [3] to bytes [1,h/s,w/s,s*s*3/2], rounded.
     */
    INT8_PIXEL_UNSHUFFLE("Int8PixelUnshuffle", 0, 3, 1, 1),
    /**
     * What a flow predictor sees of both directions: features of the earlier picture, features of the later one (both
     * [1,C,h,w] in blocks) and flow [2,2,h,w] (not in blocks, in pixels, channel 0 = x; the earlier picture's into the later
     * one, then the other way round) to [2,2C,h,w] in blocks: each picture's own features, and the other's, warped:
     * out(p) = in(p + flow(p)), bilinear, clamped to the border.
     */
    FLOW_INPUT("FlowInput", 3, 1),
    /** The same in bytes: features [1,h,w,C] in bytes, the flow as there, to bytes [2,h,w,2C]. */
    INT8_FLOW_INPUT("Int8FlowInput", 2, 3, 1, 1),
    /**
     * What the decoder sees of a level: features of both pictures and a flow [1,2,h,w] into each, to both warped, and the two
     * flows as four channels: [1,2C+4,h,w] in blocks, these four in blocks of their own.
     */
    FUSION_INPUT("FusionInput", 4, 1),
    /**
     * The same in bytes: features [1,h,w,C] in bytes, the flows as there, and [4] the scale of features against that of warped
     * ones, the byte of 0 of features and of everything that comes out, and the scale of flows, to bytes [1,h,w,2C+16]: each
     * flow's x and y is the sum of four.
     */
    INT8_FUSION_INPUT("Int8FusionInput", 2, 5, 1, 1),
    /**
     * What the last layers see: luma [1,1,H,W] and chroma [1,2,h,w] of the earlier and of the later picture, a flow of level 0
     * into each, the decoder's answer in blocks, and how many features F are in it [1]. The answer has for each of the positions
     * of the finer grid that fall on one of level 0 a part of F features and four corrections of the flows. Out come
     * (0) at half the picture's size F features, then of each side luma as four channels and chroma as two, warped:
     * [1,F+12,H/2,W/2] in blocks; (1) the corrected flows there, [1,4,H/2,W/2]; (2) both warped chromas [1,4,h,w]; (3) both
     * warped lumas [1,2,H,W]. Flows are enlarged (bilinear, half-pixel centres), pictures warped by bicubic sampling (a = -0.75,
     * every tap clamped to the border).
     */
    BLEND_HEAD_INPUT("BlendHeadInput", 8, 4),
    /**
     * The same with what the last layers see in bytes: all of there, and [3] the scale of pictures, the byte of 0, and the scale
     * of features, to (0) bytes [1,H/2,W/2,12+F], the pictures first, and the rest as there.
     */
    INT8_BLEND_HEAD_INPUT("Int8BlendHeadInput", 0, 9, 1, 4),
    /**
     * The frame: the last layer's answer [1,10,H/2,W/2] in blocks, outputs 1 to 3 of {@link #BLEND_HEAD_INPUT}, both pictures as
     * there, time [1], to luma [1,1,H,W] and chroma [1,2,h,w]: blended by the mask, with residuals, kept still where the pictures
     * agree ({@code BlendOutput}).
     */
    BLEND_HEAD("BlendHead", 9, 2),
    /**
     * The same from bytes [1,H/2,W/2,16], of which the last six mean nothing, and [4] the scales of mask, luma and chroma and the
     * byte of 0.
     */
    INT8_BLEND_HEAD("Int8BlendHead", 1, 10, 0, 2),
    /**
     * Backward warping of a picture [1,C,H,W] by a flow [1,2,H/n,W/m] in pixels of its own size, neither in blocks: the flow is
     * enlarged first (bilinear, half-pixel centres, times m and n). Bilinear sampling.
     */
    PICTURE_WARP("PictureWarp", 2, 1);

    /** Domain of the project's own operators. */
    public static final String DOMAIN = "dev.midframe";

    private final String operatorName;
    private final int byteInputs;
    private final int inputs;
    private final int byteOutputs;
    private final int outputs;

    CustomOp(String operatorName, int inputs, int outputs) {
        this(operatorName, 0, inputs, 0, outputs);
    }

    /** @param byteInputs how many of the inputs, the first ones, are bytes; byteOutputs likewise */
    CustomOp(String operatorName, int byteInputs, int inputs, int byteOutputs, int outputs) {
        this.operatorName = operatorName;
        this.byteInputs = byteInputs;
        this.inputs = inputs;
        this.byteOutputs = byteOutputs;
        this.outputs = outputs;
    }

    /** As graphs name it. */
    public String operatorName() {
        return operatorName;
    }

    /** How many tensors go in. */
    public int inputs() {
        return inputs;
    }

    /** What an input's numbers are. */
    public Element input(int index) {
        return index < byteInputs ? Element.UINT8 : Element.FLOAT;
    }

    /** What an output's numbers are. */
    public Element output(int index) {
        return index < byteOutputs ? Element.UINT8 : Element.FLOAT;
    }

    /** How many tensors come out. */
    public int outputs() {
        return outputs;
    }
}
