package dev.midframe.film.graph;

import dev.midframe.film.model.Kernel;
import java.util.List;

/**
 * How the network's operations become nodes of a graph: the network says what is computed, a lowering says with which
 * operators, and in which layout and element type features lie between them.
 *
 * <p>Pictures, flows and time are {@link OnnxGraph.Element#FLOAT} in ONNX's layout in every lowering. Images and features are a
 * lowering's own: only it makes them and only it takes them.
 */
public interface Lowering {

    /** Slope of the network's leaky ReLU below 0. */
    float LEAK = 0.2f;

    /** Begins the lowering of a graph. */
    @FunctionalInterface
    interface Factory {
        Lowering into(GraphBuilder graph);
    }

    /** ONNX's own operators, for pictures and flows. */
    Operators plain();

    /** An image that another graph gave, as an input: three channels. */
    Value imageInput(String name, int height, int width);

    /**
     * Features of a level that another graph gave, as an input.
     *
     * @param channels of the extractor's depths that were concatenated
     */
    Value featuresInput(String name, List<Integer> channels, int height, int width);

    /** R'G'B' [1,3,H,W] as the extractor sees it. */
    Value image(Value rgb);

    /**
     * A picture as the extractor sees it, [1,s*s*3/2,H/s,W/s]: squares of luma and of chroma become channels, as PyTorch's
     * pixel_unshuffle numbers them, luma first.
     *
     * @param luma [1,1,H,W]
     * @param chroma [1,2,H/2,W/2]
     * @param stem s, 2 or 4
     */
    Value pixelUnshuffle(Value luma, Value chroma, int stem);

    /** Means over factorY x factorX, of planes or features; factors of 1 leave a as it is. */
    Value averagePool(Value a, int factorY, int factorX);

    /** A layer on features: a convolution that keeps height and width (2x2 pads right and bottom), and the leaky ReLU. */
    Value convolve(Value a, Kernel kernel);

    /** Nearest-neighbour upsampling of features by two, and a 2x2 convolution without activation. */
    Value upsampleAndConvolve(Value a, Kernel kernel);

    /** Joins channels of features. */
    Value concatenate(List<Value> features);

    /**
     * Backward warping of a plane: out(p) = in(p + flow(p)), bilinear, clamped to the border.
     *
     * @param picture [1,C,H,W]
     * @param flow [1,2,H/n,W/m], channel 0 = x, channel 1 = y, in pixels of its own size
     */
    Value warp(Value picture, Value flow);

    /**
     * What a flow predictor sees of the coarsest level, both directions as a batch of two: a picture's own features and the
     * other's.
     */
    default Value flowInput(Value first, Value second) {
        Value own = plain().concat(0, first, second);
        Value other = plain().concat(0, second, first);
        return concatenate(List.of(own, other));
    }

    /**
     * The same of a finer level: a picture's own features and the other's, warped by the flow so far.
     *
     * @param flow [2,2,h,w] from the earlier picture into the later one, and the other way round
     */
    Value flowInput(Value first, Value second, Value flow);

    /**
     * The two last layers of a flow predictor, both 1x1, the first with activation.
     *
     * @return [N,2,h,w]; the last layer is computed in 32 bits whatever features are in
     */
    Value flowHead(Value a, Kernel hidden, Kernel output);

    /** What the decoder sees of a level: both pictures' features, warped, and both flows [1,2,h,w], x and y each. */
    Value fusionInput(int level, Value first, Value second, Value toFirst, Value toSecond);

    /** The decoder's last layer, 1x1, of FILM's published form: R'G'B' [1,3,H,W]. */
    Value rgbHead(Value decoded, Kernel output);

    /** Both pictures warped, blended by a mask, plus a residual; where they agree, their mean ({@link Stillness}). */
    Picture blendHead(BlendInput input);
}
